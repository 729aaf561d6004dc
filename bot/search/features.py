"""What speaks for a document, and what each of it weighs."""

from operator import mul
from typing import Final, NamedTuple


class Features(NamedTuple):
    """What speaks for a document, most from 0 to 1.

    Of its names: `covered` is the share of the query's weight that they match,
    `sharp` that with an exponent, `similar` the title's edit similarity,
    `precise` the share of the title's words that matched, `phrase` whether the
    query is a phrase of the title, `alias` and `often` whether others call it so
    and how often. `whole`, `beginning` and `whole_words` are of a title that is
    the query or begins with it. `least`, `exact` and `least_named` are of the
    worst matched word: anywhere, as typed, in the names. Of its texts:
    `about` is how much names or texts are about each of the words, `related` that of synonyms,
    `together` the share of the query that they have in one place, `likely` the
    prior as far as they match. `titled` is the share that its title alone matches,
    `pairs` that of neighbours who are neighbours there; `kind` and `cited` whether it
    is the kind of thing, and the citation, that was asked for.
    """

    sharp: float = 0.0
    similar: float = 0.0
    precise: float = 0.0
    phrase: float = 0.0
    prior: float = 0.0
    alias: float = 0.0
    often: float = 0.0
    least: float = 0.0
    exact: float = 0.0
    least_named: float = 0.0
    whole: float = 0.0
    beginning: float = 0.0
    whole_words: float = 0.0
    about: float = 0.0
    likely: float = 0.0
    related: float = 0.0
    together: float = 0.0
    covered: float = 0.0
    titled: float = 0.0
    pairs: float = 0.0
    kind: float = 0.0
    cited: float = 0.0


WEIGHTS: Final = Features(
    sharp=1.0, similar=0.3, precise=0.12, phrase=0.1, prior=0.03, alias=0.6, often=0.6, least=0.15, exact=0.4,
    least_named=0.4, whole=2.0, beginning=0.4, whole_words=0.1, about=1.2, likely=0.2, related=0.7,
    together=0.26, titled=0.12, pairs=0.08, kind=0.2, cited=0.6,
)  # fmt: skip


def score(features: Features) -> float:
    """The weighted sum."""
    total: float = sum(map(mul, features, WEIGHTS))
    return total
