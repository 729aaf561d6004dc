"""The newsletter's headings: their names, their tree and their order.

A section is a path from the outermost heading down. What is printed in
capitals, or under an older name, means the same section.
"""

from collections.abc import Sequence

HIGHLIGHTS = "Highlights"

# In the order in which an issue prints them.
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

# Printed one way, filed the other.
_ALIASES = {"AI strategy and policy": "AI governance"}

PARENTS: dict[str, str | None] = dict.fromkeys(TREE) | {
    child: parent for parent, children in TREE.items() for child in children
}
"""Every heading with the one above it; None at the top."""

PARENTS |= {alias: PARENTS[name] for alias, name in _ALIASES.items()}

_BY_FOLDED_NAME = {name.casefold(): name for name in PARENTS}
_PATHS = [path for top, children in TREE.items() for path in ((top,), *((top, child) for child in children))]
_ORDER = {path: i for i, path in enumerate(_PATHS)}


def spelled(name: str) -> str:
    """The heading as we write it ("MESA OPTIMIZATION" -> "Mesa optimization").

    A name that is not in the tree comes back as it is, without outer blanks;
    one in capitals is put into sentence case.
    """
    name = " ".join(name.split())
    known = _BY_FOLDED_NAME.get(name.casefold())
    if known:
        return known
    return name.capitalize() if name.isupper() and " " in name else name


def path_of(category: str) -> tuple[str, ...]:
    """The path of a section known by its last name; () for an empty one."""
    name = spelled(category)
    parent = PARENTS.get(name)
    return (parent, name) if parent else (name,) if name else ()


def canonical(path: Sequence[str]) -> tuple[str, ...]:
    """The same path with every heading under the name it is filed by."""
    return tuple(_ALIASES.get(name, name) for name in map(spelled, path))


def rank(path: Sequence[str]) -> tuple[int, int]:
    """Where a path stands in an issue, to sort by; unknown ones come last."""
    whole = canonical(path)
    known = len(_ORDER)
    return (_ORDER.get(whole[:1], known), _ORDER.get(whole, known))
