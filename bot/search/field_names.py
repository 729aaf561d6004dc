"""Names and words of the field that a text seldom spells out: nicknames, abbreviations, synonyms.

A line is what people type, a colon, and what it stands for, with bars between.
Written from knowledge of the field, not from questions; each phrase counts only
as far as the summaries have it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_NAMES: Final = """
rlhf: human feedback | human preferences | summarize human feedback
marl: multi agent reinforcement | multi agent
ued: unsupervised environment design
flan: finetuned language models are zero shot learners
vit: transformers for image recognition
gail: generative adversarial imitation learning
airl: adversarial inverse reinforcement learning
irl: inverse reinforcement learning
cirl: cooperative inverse reinforcement learning
maml: model agnostic meta learning
codex: large language models trained on code
copilot: large language models trained on code
gpt: language models are few shot learners | better language models
gpt2: better language models
gpt3: language models are few shot learners
mesa: mesa optimization | learned optimization
dota: dota 2 | openai five
alphago: game of go
alphazero: alphazero
muzero: planning with a learned model
simclr: contrastive learning of visual representations
moco: momentum contrast
paired: unsupervised environment design
xland: open ended play
rubik: solving rubik s cube
dactyl: learning dexterity
cais: comprehensive ai services
ida: iterated distillation amplification | iterated amplification
hch: humans consulting hch
fdt: functional decision theory
udt: updateless decision theory | udt
edt: evidential decision theory | edt
cdt: causal decision theory | cdt
tai: transformative ai
hlmi: human level machine intelligence
asi: superintelligence
ood: out of distribution
xai: explainable ai | explanations
nlp: natural language processing
cv: computer vision
rl: reinforcement learning
drl: deep reinforcement learning
hrl: hierarchical reinforcement learning
mbrl: model based reinforcement learning
bc: behavioral cloning
gan: generative adversarial
gnn: graph neural networks | graph networks
cnn: convolutional neural networks
rnn: recurrent neural networks
mcts: monte carlo tree search
nas: architecture search
ntk: neural tangent
ebm: energy based
vae: variational autoencoder
icm: curiosity
rnd: random network distillation | curiosity prediction
sac: soft actor critic
ppo: proximal policy optimization
arches: ai research considerations for human existential safety
raap: robust agent agnostic processes
aup: attainable utility preservation
rr: relative reachability
s risk: worst case ai safety | suffering risks
x risk: existential risk
bio anchors: ai timelines draft report | biological anchors
scaling laws: scaling laws
hide seek: emergent tool use
deep rlsp: simulating the past
rlsp: looking at the world | simulating the past
t rex: extrapolating beyond suboptimal demonstrations
d rex: better than demonstrator
80k: 80 000 hours
fli: future of life
fhi: future of humanity
chai: human compatible ai
agisf: agi safety fundamentals
gcr: global catastrophic risks
uk: united kingdom
usa: united states | america
eu: european
cid: causal influence diagrams
turntrout: alex turner
evhub: evan hubinger
vika: victoria krakovna
gwern: gwern branwen
larks: literature review charity
capybaralet: david krueger
johnswentworth: john wentworth
paulfchristiano: paul christiano
eliezer: yudkowsky
ajeya: cotra
holden: karnofsky
vanessa: vadim kosoy
zhukeepa: alex zhu
ricraz: richard ngo
buck: shlegeris
"""

_SYNONYMS: Final = """
deepfake: synthetic media | digital forgery | deep video | fake video | disinformation
fake: synthetic | forgery | disinformation | misinformation
goal misgeneralization: objective robustness | 2 d robustness | inner alignment
misgeneralization: objective robustness | 2 d robustness
cook: overcooked | cooking
cooking: overcooked
kitchen: overcooked
leak: memorization | memorize | extract | privacy
leaking: memorization | memorize | extract | privacy
private: privacy | confidential | memorization
reward hacking: specification gaming | reward tampering | wireheading | reward misspecification
reward gaming: specification gaming
wirehead: wireheading | reward tampering
deception: deceptive | treacherous turn
deceptive: deception | treacherous
treacherous: deceptive | deception
hide: deceptive | conceal
hidden: latent | implicit | inaccessible
lie: truthful | honest | deception
lying: truthful | honest | deception
truth: truthful | honest | honesty
honest: honesty | truthful
shutdown: off switch | corrigibility | interruptible
shut: off switch | corrigibility
interruptible: off switch | corrigibility
stop: off switch | early stopping
correct: corrigibility
dangerous: hazard | high stakes | risk | malicious
publish: publication | release | openness
publication: release norms | publish | openness
release: publication | openness
danger: risk | hazard
catastrophe: existential | extinction | catastrophic
catastrophic: existential | extinction
extinction: existential
doom: existential risk | extinction
apocalypse: existential | extinction
book: human compatible | precipice | book review
polarize: polarization | depolarize
apart: polarize
social media: recommender systems | recommender
youtube: recommender | recommendation
facebook: recommender
recommendation: recommender
self driving: autonomous vehicles | driving
car: driving | vehicle
vehicle: driving | cars
automobile: driving
robot: robotic | robotics
military: weapons | national security | war
weapon: weapons | military
war: military | conflict
army: military
arms race: technology race | racing
race: racing | competition
government: policy | governance | regulation
policy: governance | regulation
regulation: governance | policy
law: legal | regulation
legal: law
job: hiring | careers | position | role | vacancy
jobs: hiring | careers | position | role
career: hiring | job | fellowship | profession
hire: hiring | job | role
hiring: job | role | position
vacancy: hiring | job
fellowship: fellows | internship | residency
internship: interns | fellowship
course: curriculum | syllabus | lessons
curriculum: course | syllabus
class: course
reading list: resources | literature
survey: poll | questionnaire
poll: survey
questionnaire: survey
expert: researcher | expert survey
when: timelines | forecasting
timeline: forecasting | timelines
prediction: forecasting | forecast
predict: forecasting | forecast
forecast: forecasting | prediction | timelines
date: timelines
compute: hardware | computation | flops
hardware: compute | gpu
gpu: hardware | flops
chip: hardware | semiconductor
price: cost | performance
cheap: cost | price
video: videos | trajectory
compare: comparison | preferences | comparisons
comparing: comparison | preferences
preference: comparison | preferences | values
value: preferences | values
values: preferences | ethics
ethics: moral | values
moral: ethics | morality
morality: ethics | moral
rights: ethics | moral
justice: fairness | ethics
fair: fairness | bias
bias: fairness | discrimination
discrimination: fairness | bias
animal: animals | primates | birds | evolution
brain: neuroscience | neocortex | biological
neuroscience: brain | neocortex
smart: intelligent | intelligence
smarter: intelligent | superhuman
intelligent: intelligence
superhuman: superintelligence
superintelligence: superintelligent | agi
supervise: oversight | supervision
supervision: oversight | supervise
oversee: oversight
overseer: oversight
oversight: supervision | overseer
monitor: oversight | transparency
explain: interpretability | explanation
explainable: interpretable | interpretability | explanations
interpretable: interpretability | explainable | transparency
transparent: transparency | interpretability
understand: interpretability
neuron: neurons | circuits | features
visualize: visualization | activation atlas
heatmap: saliency
attack: adversarial | attacks
fool: adversarial
fooled: adversarial
trick: adversarial
hack: exploit | security | adversarial
poison: poisoning | backdoor
trojan: backdoor | poisoning
perturbation: adversarial
noise: noisy | perturbations
robust: robustness
forget: catastrophic interference | continual
forgetting: catastrophic interference | continual
lifelong: continual
continual: lifelong
curious: curiosity | exploration
explore: exploration | curiosity
surprise: curiosity | prediction error
surprised: curiosity | intrinsic
boredom: curiosity
imagine: imagination | dream | latent
dream: imagination | world models
sleep: dream
imitate: imitation | demonstrations
demonstration: imitation | demonstrations
copy: imitation | clone
mimic: imitation
teach: teaching | instruction | tutor
teacher: teaching | demonstrations
student: distillation | learner
cooperate: cooperation | cooperative | collaborating
teamwork: cooperation | collaboration | collaborating
collaborate: collaborating | cooperation
coordinate: coordination | cooperation
negotiate: negotiation | bargaining
bargain: bargaining | negotiation
treaty: agreement | coordination
agreement: treaty | contract
threat: threats | extortion | blackmail
blackmail: extortion | threats
extort: extortion
talk: communication | language | dialogue
communicate: communication | language
conversation: dialogue | interview
interview: conversation | podcast
podcast: axrp | interview | fli podcast
dialogue: conversation | chatbot
chatbot: dialogue | conversation
assistant: assistance | chatbot
help: assistance | helpful
helpful: assistance
translate: translation
write: generation | generating
story: fiction | stories
poem: fiction | creative
code: program | programming | coding
programming: code | program synthesis
software: code | program
coding: code | programming
program: code | programming
math: mathematical | mathematics
theorem: proof | proving
proof: theorem | proving
logic: logical
puzzle: problem
chess: alphazero
game: games | play
play: game | games
bet: betting | market
betting: prediction market | bet
market: economics | markets
economy: economic | growth
economist: economic
money: funding | grant | donation
fund: funding | grant
funding: grant | donation
grant: funding | grants
donate: donation | charity | windfall
donation: charity | donations
profit: windfall
rich: windfall | inequality
tax: windfall
company: corporate | industry | firm
corporation: corporate | company
corporate: company
startup: company
lab: labs | organization
team: collaboration | multi agent
pandemic: coronavirus | covid
covid: coronavirus | pandemic
virus: coronavirus | biosecurity
disease: medical | health
doctor: medical | health
medical: healthcare | medicine | clinical
medicine: medical | healthcare
hospital: medical | healthcare
biosecurity: biological | biorisk | virus
protein: alphafold
folding: alphafold
climate: environmental
warming: climate
weather: climate
poverty: development
election: democracy | voting
vote: voting
democracy: voting
privacy: private | differential
spy: surveillance
surveillance: privacy | monitoring
camera: vision | surveillance
face: facial
picture: image
photo: image
image: vision | images
see: vision
drawing: image
sound: audio | speech
music: audio
voice: speech
speech: audio
sketch: image
size: scaling | scale
big: large | scaling
bigger: large | scaling | scale
large: scaling | big
huge: large | scaling
small: tiny | little
grow: growth | scaling
growth: economic | scaling
fast: takeoff | rapid | speed
slow: soft | gradual | continuous
sudden: discontinuity | discontinuous | fast
jump: discontinuity | discontinuous
takeoff: foom | intelligence explosion
foom: takeoff | intelligence explosion
explosion: takeoff | explosive
takeover: disempowerment | power
power: influence | power seeking
greedy: power seeking
resources: power seeking | instrumental
instrumental: power seeking | convergent
drives: instrumental
agent: agency | agents
goal: objective | goals
objective: goal | goals
wanting: goal | desire
desire: preferences | goal
intention: intent | goal
intent: intention
purpose: goal
human: humans | people
people: humans | human
person: human
child: children | kids
kid: children
uncertain: uncertainty
uncertainty: calibration | uncertain
doubt: uncertainty
confidence: calibration | uncertainty
calibration: uncertainty
error: mistakes | failure
mistake: failure | errors
fail: failure | failures
failure: catastrophe | accident | failures
accident: incident | failure
incident: accident | failures
crash: accident | failure
test: evaluation | testing | benchmark
testing: evaluation | verification
evaluate: evaluation | benchmark
benchmark: evaluation | environment suite
verify: verification | formal
formal: verification | formalizing
guarantee: guarantees | provable | verification
prove: provable | provably | theorem
bound: guarantee
safe: safety
unsafe: safety
safety: alignment | safe
alignment: aligned | safety
aligned: alignment
align: alignment | aligning
danger of: risks
critique: criticism | critiques | objection
criticism: critique | objections
criticize: critique | criticism
argument: arguments | case
rebuttal: response | reply
reply: response
response: reply
answer: question answering
review: overview | survey | literature
overview: review | survey | summary
summary: overview
introduction: intro | overview | primer
intro: introduction | overview | primer
beginner: introduction | primer
tutorial: introduction | primer | lecture
lecture: talk | course
agenda: research agenda | research directions
plan: agenda | strategy
roadmap: agenda | strategy
strategy: plan | strategic
history: historical
historical: history
future: long term | scenarios
scenario: scenarios | story
century: century
past: historical | history
memory: memorization | recall
memorize: memorization
attention: transformer | attention
transformer: attention | language model
language model: gpt | language models
llm: language models | language model
prompt: prompting | prompts
finetune: fine tuning | finetuned
pretrain: pre training | pretraining
compression: distillation | pruning
pruning: lottery ticket | sparse
sparse: pruning | sparsity
efficient: efficiency
efficiency: efficient | compute
sample: samples | data
data: dataset
dataset: data | benchmark
label: labels | annotation
annotate: annotated | labels
crowd: crowdsourcing
generalize: generalization
overfit: overfitting | generalization | double descent
overfitting: generalization | double descent
test error: double descent
interpolate: double descent | overparameterized
transfer: generalization | domain
simulation: simulator | sim
simulator: simulation | environment
sim: simulation | simulator
real world: deployment | sim to real
deployment: deploy | production
deploy: deployment
planning: model based | planner
plan ahead: planning
search: tree search | optimization
optimize: optimization
optimizer: optimization | mesa
evolution: evolutionary | natural selection
evolve: evolution | evolutionary
genetic: evolutionary
population: evolutionary
bayes: bayesian
bayesian: inference
probability: probabilistic
probabilistic: bayesian
causal: causality | counterfactual
cause: causal
counterfactual: causal | counterfactuals
newcomb: decision theory
decision: decision theory
rational: rationality
rationality: rational
irrational: bias | suboptimal | boundedly
biased: bias
suboptimal: irrational
bounded: limited
physics: physical
philosophy: philosophical
philosopher: philosophy | philosophical
conscious: consciousness | qualia
sentient: consciousness
feelings: consciousness | qualia
happy: happiness | wellbeing
wellbeing: happiness
side effect: impact | side effects
side effects: impact measures | impact
impact: side effects
vase: side effects | impact
break: side effects
undo: reversibility | reachability
irreversible: reachability
separate: modular
modular: modularity
module: modular
split: decomposition
decompose: decomposition | factored
subquestion: factored cognition | decomposition
service: services
question: questions
tobacco: industry influence
lobby: industry influence
academia: academic
scientist: researchers | science
china: chinese | beijing
chinese: china
beijing: china
russia: russian
japan: japanese
europe: european | eu
britain: uk
england: uk
british: uk
lords: uk
parliament: uk
congress: us government
pentagon: military | defense
white house: us government
nuclear: arms control | weapons
atomic: nuclear
"""

_FOREIGN: Final = """
umfrage sondage encuesta sondaggio enquete: survey
forscher forschern forscherin chercheur chercheurs investigador investigadores: researcher
zeitpunkt zeitplan calendrier cronologia: timelines
sicherheit securite seguridad sicurezza: safety
risiko risiken risque risques riesgo riesgos rischio: risk
ausrichtung alignement alineacion alineamiento allineamento: alignment
sprachmodell sprachmodelle modelos modele modeles modelo: model
lernen apprentissage aprendizaje apprendimento: learning
verstarkungslernen renforcement refuerzo rinforzo: reinforcement
belohnung recompense recompensa ricompensa: reward
vorhersage prevision previsions prediccion previsione: forecasting
debatte dibattito: debate
ethik ethique etica: ethics
effets efectos effetti nebenwirkungen auswirkungen: effects
bord secundarios nebeneffekte: side
entscheidungstheorie: decision theory
zukunft avenir futuro: future
mensch menschen humain humains humano humanos: human
maschine maschinen maquina maquinas: machine
ki kunstliche kuenstliche artificielle intelligenz ia: ai
verstarkung amplificacion: amplification
korrigierbarkeit corrigibilite corrigibilidad: corrigibility
deutsch franzosisch: translation
strategie estrategia: strategy
politik politique politica: policy
krieg guerre guerra: war
spiel jeu juego: game
netz netze reseau reseaux redes: networks
"""

FOREIGN_SMALL: Final = frozenset(
    [
        "der",
        "das",
        "dem",
        "den",
        "ein",
        "eine",
        "einer",
        "einen",
        "eines",
        "und",
        "oder",
        "ist",
        "sind",
        "nicht",
        "mit",
        "von",
        "vom",
        "zum",
        "zur",
        "uber",
        "ueber",
        "fur",
        "fuer",
        "auf",
        "aus",
        "bei",
        "nach",
        "wie",
        "wer",
        "wo",
        "warum",
        "welche",
        "welcher",
        "welches",
        "unter",
        "zu",
        "im",
        "am",
        "dass",
        "uns",
        "unsere",
        "ich",
        "wir",
        "sie",
        "es",
        "gibt",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "de",
        "et",
        "ou",
        "est",
        "sont",
        "ne",
        "pas",
        "avec",
        "par",
        "pour",
        "sur",
        "dans",
        "que",
        "qui",
        "quoi",
        "comment",
        "pourquoi",
        "quel",
        "quelle",
        "au",
        "aux",
        "ce",
        "cette",
        "ces",
        "il",
        "elle",
        "nous",
        "vous",
        "leur",
        "leurs",
        "el",
        "los",
        "las",
        "una",
        "unos",
        "unas",
        "del",
        "y",
        "o",
        "es",
        "son",
        "con",
        "por",
        "para",
        "sobre",
        "en",
        "que",
        "quien",
        "como",
        "cual",
        "donde",
        "lo",
        "se",
        "su",
        "sus",
        "il",
        "lo",
        "gli",
        "uno",
        "di",
        "e",
        "che",
        "chi",
        "della",
        "delle",
        "dei",
        "nel",
        "nella",
        "sul",
        "sulla",
        "per",
        "non",
        "sono",
        "os",
        "um",
        "uma",
        "da",
        "do",
        "dos",
        "das",
        "na",
        "nos",
        "em",
        "sao",
        "com",
        "voor",
        "het",
        "een",
        "van",
        "en",
        "met",
        "op",
        "te",
        "zijn",
    ]
)
"""Small words of other languages, some of them English words too."""
FOREIGN_SURE: Final = frozenset(
    [
        "der",
        "das",
        "dem",
        "eine",
        "einer",
        "einen",
        "eines",
        "und",
        "oder",
        "nicht",
        "vom",
        "zum",
        "zur",
        "uber",
        "ueber",
        "fur",
        "fuer",
        "nach",
        "welche",
        "welcher",
        "welches",
        "unter",
        "dass",
        "unsere",
        "les",
        "une",
        "sont",
        "avec",
        "dans",
        "pourquoi",
        "comment",
        "quel",
        "quelle",
        "cette",
        "est",
        "sur",
        "livre",
        "du",
        "los",
        "las",
        "unos",
        "unas",
        "del",
        "sobre",
        "quien",
        "cual",
        "donde",
        "gli",
        "della",
        "delle",
        "dei",
        "nella",
        "sulla",
        "uma",
        "dos",
        "voor",
        "het",
        "een",
        "van",
        "ist",
        "von",
        "buch",
        "beitrag",
        "articulo",
        "libro",
        "artikel",
        "artigo",
        "papier",
        "aufsatz",
    ]
)
"""Words that hardly occur in English text: one of them makes the small ones foreign."""
FOREIGN_KINDS: Final = frozenset(
    [
        "buch",
        "livre",
        "libro",
        "livro",
        "boek",
        "papier",
        "papel",
        "articulo",
        "artikel",
        "article",
        "artigo",
        "articolo",
        "beitrag",
        "aufsatz",
        "texte",
        "text",
    ]
)
"""Kinds of things in other languages, as `FILLERS`."""


def _lines(table: str) -> Iterator[tuple[str, Sequence[str]]]:
    for line in table.strip().splitlines():
        typed, _, meant = line.partition(":")
        yield typed.strip(), tuple(each.strip() for each in meant.split("|"))


NAMES: Final[Mapping[str, Sequence[str]]] = dict(_lines(_NAMES))
"""What nicknames and abbreviations stand for."""
SYNONYMS: Final[Mapping[str, Sequence[str]]] = dict(_lines(_SYNONYMS))
"""Other words for the same thing: weaker evidence than a name."""
TRANSLATIONS: Final[Mapping[str, str]] = {
    word: meant[0] for typed, meant in _lines(_FOREIGN) for word in typed.split()
}
