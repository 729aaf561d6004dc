"""Addresses of one thing that no rule of a single site tells: moved blogs, papers known by their blog posts."""

import re
from collections.abc import Sequence
from typing import Final

_MOVED: Final = (
    (
        re.compile(r"(?:blog\.openai\.com|openai\.com/(?:blog|index|research))/([\w.-]+)"),
        r"openai.com/blog/\1",
    ),
    (
        re.compile(
            r"(?:deepmind\.com/blog(?:/article)?|deepmind\.google/(?:discover/)?blog|deepmind\.com/research)/([\w.-]+)"
        ),
        r"deepmind.com/blog/\1",
    ),
    (re.compile(r"(?:ai|research)\.googleblog\.com/(\d{4}/.+)"), r"ai.googleblog.com/\1"),
    (
        re.compile(r"(?:eng\.uber\.com|uber\.com(?:/[a-z]{2}(?:-[A-Za-z]{2})?)?/blog)/([\w.-]+)"),
        r"eng.uber.com/\1",
    ),
    (re.compile(r"[^/]+/(?:.*-|p/)?([0-9a-f]{10,12})"), r"medium:\1"),
)
"""What matches is the same thing as what it becomes; Medium puts an id at the end of each address, on any host."""

_PAPERS: Final = """
1805.00899 openai.com/blog/debate
1810.08575 openai.com/blog/amplifying-ai-training
1803.02999 openai.com/blog/reptile
1802.04821 openai.com/blog/evolved-policy-gradients
1807.03039 openai.com/blog/glow
1808.00177 openai.com/blog/learning-dexterity
1910.07113 openai.com/blog/solving-rubiks-cube
1810.12894 openai.com/blog/reinforcement-learning-with-prediction-based-rewards
1811.02486 openai.com/blog/learning-concepts-with-energy-functions
1812.02341 openai.com/blog/quantifying-generalization-in-reinforcement-learning
1812.06162 openai.com/blog/science-of-ai
1903.00784 openai.com/blog/neural-mmo
1909.07528 openai.com/blog/emergent-tool-use
1909.08593 openai.com/blog/fine-tuning-gpt-2
1912.02292 openai.com/blog/deep-double-descent
1912.01588 openai.com/blog/procgen-benchmark
2009.01325 openai.com/blog/learning-to-summarize-with-human-feedback
2005.04305 openai.com/blog/ai-and-efficiency
2004.07213 openai.com/blog/improving-verifiability
1908.09203 openai.com/blog/gpt-2-1-5b-release
1811.07871 medium:bf4ab06dfd84
1908.04734 medium:4380c1bb6cd
2103.14659 medium:9fbc7dd52c6c
2001.07118 medium:d6d8bb77d2e4
1911.04266 medium:8f58f14562e5
2010.11223 medium:5042a1acc1c2
2103.03938 medium:e7b8d9aee88
1807.01281 deepmind.com/blog/capture-the-flag
2003.13350 deepmind.com/blog/Agent57-Outperforming-the-human-Atari-benchmark
1911.05507 deepmind.com/blog/A_new_model_and_dataset_for_long-range_memory
1912.05652 deepmind.com/blog/learning-human-objectives-by-evaluating-hypothetical-behaviours
2107.12808 deepmind.com/blog/generally-capable-agents-emerge-from-open-ended-play
1901.10995 eng.uber.com/go-explore
1804.08838 eng.uber.com/intrinsic-dimension
1905.02175 gradientscience.org/adv
2010.11929 ai.googleblog.com/2020/12/transformers-for-image-recognition-at.html
2010.02193 ai.googleblog.com/2021/02/mastering-atari-with-discrete-world.html
1901.02860 ai.googleblog.com/2019/01/transformer-xl-unleashing-potential-of.html
2003.10555 ai.googleblog.com/2020/03/more-efficient-nlp-model-pre-training.html
1907.01657 ai.googleblog.com/2020/05/dads-unsupervised-reinforcement.html
1910.06591 ai.googleblog.com/2020/03/massively-scaling-reinforcement.html
1912.02803 ai.googleblog.com/2020/03/fast-and-easy-infinitely-wide-networks.html
1912.05032 openreview:Hyg-JC4FDr
1808.04355 pathak22.github.io/large-scale-curiosity
2012.07805 bair.berkeley.edu/blog/2020/12/20/lmmem
1902.04198 bair.berkeley.edu/blog/2019/02/11/learning_preferences
2104.03946 bair.berkeley.edu/blog/2021/05/03/rlsp
2107.01969 bair.berkeley.edu/blog/2021/07/08/basalt
1906.08253 bair.berkeley.edu/blog/2019/12/12/mbpo
2002.11794 bair.berkeley.edu/blog/2020/03/05/compress
2004.00784 bair.berkeley.edu/blog/2020/04/03/laikago
2003.07305 bair.berkeley.edu/blog/2020/03/16/discor
2007.02382 bair.berkeley.edu/blog/2020/07/11/auction
2103.05247 bair.berkeley.edu/blog/2021/03/23/universal-computation
"""
_BY_NUMBER: Final = {
    f"arxiv:{number}": address
    for number, _, address in (line.partition(" ") for line in _PAPERS.split("\n") if line)
}


def settled(address: str) -> str:
    """The canonical address of a moved thing.

    >>> settled("openai.com/index/ai-and-compute"), settled("team.medium.com/a-title-bf4ab06dfd84")
    ('openai.com/blog/ai-and-compute', 'medium:bf4ab06dfd84')
    """
    for pattern, name in _MOVED:
        if match := pattern.fullmatch(address):
            return match.expand(name)
    return address


def also_at(address: str) -> Sequence[str]:
    """Other canonical addresses of the same thing: of a paper that of its post, of a path that in small letters.

    >>> also_at("arxiv:1805.00899"), also_at("gwern.net/Scaling-hypothesis")
    (('openai.com/blog/debate',), ('gwern.net/scaling-hypothesis',))
    """
    if address in _BY_NUMBER:
        return (_BY_NUMBER[address],)
    host, slash, _ = address.partition("/")
    small = address.lower()
    return (small,) if slash and ":" not in host and small != address else ()
