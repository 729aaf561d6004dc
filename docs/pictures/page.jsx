// A message as Slack shows it, in the page that shoot.mjs opens.
import "@fontsource/lato/400.css";
import "@fontsource/lato/400-italic.css";
import "@fontsource/lato/700.css";
import "@fontsource/lato/900.css";
import "slack-blocks-to-jsx/dist/style.css";
import { createRoot } from "react-dom/client";
import { Message } from "slack-blocks-to-jsx";

const LOGO =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" fill="#4a154b"/>' +
      '<text x="18" y="24" text-anchor="middle" font-family="Lato" font-weight="900" font-size="16" fill="#fff">AN</text></svg>',
  );

// Slack reads `verbatim` as "no links but those that are marked"; the library, as "no formatting".
const unmarked = (key, value) => (key === "verbatim" ? undefined : value);

window.draw = (blocks, time) =>
  createRoot(document.getElementById("message")).render(
    <Message
      theme="light"
      name="anbot"
      logo={LOGO}
      time={new Date(time)}
      blocks={JSON.parse(JSON.stringify(blocks, unmarked))}
    />,
  );
