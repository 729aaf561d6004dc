#!/usr/bin/env bash
# Expected: a `plain_text` object is drawn as it stands: it is what headers, buttons and labels hold, and
# Slack formats nothing in it.
# Seen: slack-blocks-to-jsx 1.1.1 reads it as mrkdwn. In a header `*a*` loses its stars and is strong,
# and `<https://a.example|b>` becomes a link. A text element of a rich text is drawn as it stands.
# A picture thus hides that a text for mrkdwn was put into a plain one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund slack-blocks-to-jsx@1.1.1 react@18.3.1 react-dom@18.3.1 >/dev/null
cat > see.mjs <<'JS'
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const React = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const { Message } = require("slack-blocks-to-jsx");
const written = "*a* and <https://a.example|b>";
const looks = (block) => {
  const message = React.createElement(Message, { blocks: [block], name: "bot", logo: "", time: new Date(0) });
  const page = renderToStaticMarkup(message);
  return { strong: page.includes("<strong"), link: page.includes('href="https://a.example"') };
};
const header = looks({ type: "header", text: { type: "plain_text", text: written } });
const section = looks({ type: "section", text: { type: "plain_text", text: written } });
const elements = [{ type: "rich_text_section", elements: [{ type: "text", text: written }] }];
const rich = looks({ type: "rich_text", elements });
console.log({ header, section, rich });
const marked = (look) => look.strong && look.link;
if (!marked(header) || !marked(section) || rich.strong || rich.link) process.exit(1);
JS
node see.mjs
