#!/usr/bin/env bash
# Expected: a converter of Markdown to blocks that names lists among what it supports flattens or indents
# a list within a list; no words are lost.
# Seen: @tryfabric/mack 1.2.1 keeps the first paragraph of each item. The inner list, and a second
# paragraph of an item, are gone without an error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @tryfabric/mack@1.2.1 >/dev/null
cat > see.cjs <<'JS'
const { markdownToBlocks } = require("@tryfabric/mack");
const seen = {
  "- one\n  - inner\n- two": "• one\n• two",
  "1. one\n   1. inner\n2. two": "1. one\n2. two",
  "- one\n\n  more\n- two": "• one\n• two",
};
(async () => {
  for (const [text, left] of Object.entries(seen)) {
    const blocks = await markdownToBlocks(text);
    console.log(JSON.stringify(text), "->", JSON.stringify(blocks.map((block) => block.text.text)));
    if (blocks.length !== 1 || blocks[0].text.text !== left) process.exit(1);
  }
})();
JS
node see.cjs
