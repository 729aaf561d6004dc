#!/usr/bin/env bash
# tantivy: with fuzzy_fields, rare words weigh as much as common ones, also those typed correctly.
#
# Expected: fuzzy_fields lets a word be matched with a typing error, and scores stay those of BM25: a
# document with the rare word of a query comes before one with the common word, and what was typed
# exactly before what was typed nearly.
#
# Seen with tantivy 0.27.0: every word that matches in such a field counts exactly 1.0, whether it is
# in one document or in all, and however often. "mesa model" ranks the one document about mesa equal
# with each that has a model in it; the order among them is that in which they were added. Without
# fuzzy_fields the rare word decides. Who compares a search with tantivy's gets another peer as soon
# as typing errors are allowed; two queries, exact and fuzzy, have to be combined by hand.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q tantivy==0.27.0

"$folder/venv/bin/python" - <<'PYTHON'
import tantivy

builder = tantivy.SchemaBuilder()
builder.add_text_field("title", stored=True)
index = tantivy.Index(builder.build())
writer = index.writer(15_000_000, 1)
for title in ("a model of kettles", "a model of teapots", "a model of spoons", "mesa optimization"):
    writer.add_document(tantivy.Document(title=title))
writer.commit()
writer.wait_merging_threads()
index.reload()
searcher = index.searcher()


def scores(**how):
    query = index.parse_query("mesa model", ["title"], **how)
    return [(searcher.doc(at)["title"][0], round(score, 2)) for score, at in searcher.search(query, 10).hits]


exact, fuzzy = scores(), scores(fuzzy_fields={"title": (False, 1, True)})
print("exact:", exact)
print("fuzzy:", fuzzy)
assert exact[0][0] == "mesa optimization" and exact[0][1] > exact[1][1]
assert {score for _, score in fuzzy} == {1.0} and fuzzy[-1][0] == "mesa optimization"
PYTHON
