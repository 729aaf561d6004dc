#!/usr/bin/env bash
# Expected: a parser "for slack messages" takes a message as Slack's API gives it, in which `&`, `<` and
# `>` come as `&amp;`, `&lt;` and `&gt;`; the reader sees the three signs, and `&gt; ` opens a quote.
# Seen: slack-markdown 0.3.0 escapes once more (`escapeHTML` is on), so the page shows "R&amp;D" and
# "a &lt; b" letter by letter, addresses get `&amp;amp;`, and a quote is one only with a bare `>`, which
# Slack never sends. Texts have to be unescaped first, which the README does not mention.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund slack-markdown@0.3.0 >/dev/null
cat > see.cjs <<'JS'
const { toHTML } = require("slack-markdown");
const seen = {
  "R&amp;D": "R&amp;amp;D",
  "a &lt; b": "a &amp;lt; b",
  "<https://a.example/?a=1&amp;b=2|post>": '<a href="https://a.example/?a=1&amp;amp;b=2">post</a>',
  "&gt; words": "&amp;gt; words",
  "> words": "<blockquote>words</blockquote>",
};
for (const [text, page] of Object.entries(seen)) {
  console.log(text, "->", toHTML(text));
  if (toHTML(text) !== page) process.exit(1);
}
JS
node see.cjs
