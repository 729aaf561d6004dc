#!/usr/bin/env bash
# Expected: `verbatim: true` in a mrkdwn text object switches off what is found by itself
# (bare addresses, channel names), and marked-up links and bold text are drawn all the same,
# as Slack's reference of text objects describes it.
# Seen: slack-blocks-to-jsx 1.1.1 draws a verbatim text wholly raw: the link stays
# `<https://a.example|text>` and the bold text keeps its asterisks. Without the key both
# are drawn. A picture of a real message therefore needs the key dropped first.
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
const drawn = (verbatim) => {
  const text = { type: "mrkdwn", text: "*bold* and <https://a.example|text>", ...(verbatim ? { verbatim } : {}) };
  const blocks = [{ type: "section", text }];
  return renderToStaticMarkup(React.createElement(Message, { blocks, name: "bot", logo: "", time: new Date(0) }));
};
const [plain, verbatim] = [drawn(false), drawn(true)];
console.log("drawn without the key:", plain.includes('href="https://a.example"'));
console.log("raw with the key:", verbatim.includes("&lt;https://a.example|text&gt;") && verbatim.includes("*bold*"));
if (!plain.includes('href="https://a.example"') || verbatim.includes('href="https://a.example"')) process.exit(1);
JS
node see.mjs
