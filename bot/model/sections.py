"""The newsletter's sections: their names, their tree and their order.

A section is a path of headings, outermost first. A heading in capitals, or its
older name, means the same section.
"""

from collections.abc import Sequence

HIGHLIGHTS = "Highlights"

# In printed order.
TREE: dict[str, tuple[str, ...]] = {
    HIGHLIGHTS: (),
    "Previous newsletters": (),
    "Technical AI alignment": (
        "Embedded agency sequence",
        "Iterated amplification sequence",
        "Value learning sequence",
        "Fixed point sequence",
        "AISFP blog posts",
        "Summary: Inverse Reinforcement Learning",
        "Problems",
        "Technical agendas and prioritization",
        "Iterated amplification",
        "Scalable oversight",
        "Mesa optimization",
        "Agent foundations",
        "Learning human intent",
        "Reward learning theory",
        "Preventing bad behavior",
        "Handling groups of agents",
        "Game theory",
        "Philosophical deliberation",
        "Interpretability",
        "Adversarial examples",
        "Verification",
        "Robustness",
        "Uncertainty",
        "Forecasting",
        "Critiques (Alignment)",
        "Field building",
        "Miscellaneous (Alignment)",
    ),
    "Near-term concerns": (
        "Fairness and bias",
        "Privacy and security",
        "Recommender systems",
        "Security",
        "Machine ethics",
    ),
    "AI governance": (),
    "Malicious use of AI": (),
    "Other progress in AI": (
        "Exploration",
        "Reinforcement learning",
        "Multiagent RL",
        "Deep learning",
        "Meta learning",
        "Unsupervised learning",
        "Hierarchical RL",
        "Applications",
        "Machine learning",
        "AGI theory",
        "Critiques (AI)",
        "Miscellaneous (AI)",
        "Miscellaneous (Capabilities)",
    ),
    "News": (),
}

# Older names.
_ALIASES = {"AI strategy and policy": "AI governance"}

PARENTS: dict[str, str | None] = dict.fromkeys(TREE) | {
    child: parent for parent, children in TREE.items() for child in children
}
"""Every heading and its parent, None at the top."""

PARENTS |= {alias: PARENTS[name] for alias, name in _ALIASES.items()}

_BY_FOLDED_NAME = {name.casefold(): name for name in PARENTS}
_PATHS = [path for top, children in TREE.items() for path in ((top,), *((top, child) for child in children))]
_ORDER = {path: i for i, path in enumerate(_PATHS)}


def spelled(name: str) -> str:
    """The heading in its usual spelling ("MESA OPTIMIZATION" -> "Mesa optimization").

    A name that is not in the tree is returned without outer blanks, and in
    sentence case if it is in capitals.
    """
    name = " ".join(name.split())
    known = _BY_FOLDED_NAME.get(name.casefold())
    if known:
        return known
    return name.capitalize() if name.isupper() and " " in name else name


def path_of(category: str) -> tuple[str, ...]:
    """The path of a section from its last heading; () if that is empty."""
    name = spelled(category)
    parent = PARENTS.get(name)
    return (parent, name) if parent else (name,) if name else ()


def canonical(path: Sequence[str]) -> tuple[str, ...]:
    """The path with every heading in its usual spelling and under its current name."""
    return tuple(_ALIASES.get(name, name) for name in map(spelled, path))


def rank(path: Sequence[str]) -> tuple[int, int]:
    """A path's order in an issue, as a sort key; unknown paths come last."""
    path = canonical(path)
    last = len(_ORDER)
    return (_ORDER.get(path[:1], last), _ORDER.get(path, last))
