"""Questions written by hand, from memory of the field, before any search had seen them.

A line is what is typed, a bar, and parts of right titles with semicolons between.
"""

PARAPHRASES = """
training an optimizer that itself searches for objectives|risks from learned optimization
ai that lets itself be corrected or shut down by its operators|corrigibility
decompose a hard question into small subquestions answered by people|factored cognition;humans consulting hch;delegating open ended cognitive work
predict that bigger language models keep getting better as a power law|scaling laws for neural language models
compute used in largest training runs doubles every few months|ai and compute;reinterpreting ai and compute;addendum to ai and compute
amount of compute needed to reach alexnet performance keeps falling|ai and efficiency
pruned networks that train as well as the original|lottery ticket
agent rewarded for being surprised by new states|prediction based rewards;curiosity
learning reward from comparisons of trajectory clips by humans|deep reinforcement learning from human preferences;reward learning from human preferences
robot avoids breaking vase while reaching goal|relative reachability;preferences by looking;side effect;impact
agent preserves ability to achieve other goals|attainable utility;towards a new impact measure;side effects
human and agent play a game where only the human knows the reward|cooperative inverse reinforcement learning
treat the specified reward as evidence about the intended one|inverse reward design
game of capture the flag in quake|capture the flag
playing dota against professional team|openai five;dota
protein structure prediction|alphafold
superintelligence as collection of services rather than a single agent|reframing superintelligence;ai services as a research paradigm;drexler
gradual loss of control over the world through proxies|what failure looks like
list of examples where agents exploit loopholes in the objective|specification gaming
text model generates web pages fluently and was not released at first|better language models;gpt 2
write python functions from docstrings|evaluating large language models trained on code;program synthesis with large
language model answers mimicking popular misconceptions|truthfulqa
image and text classifier fooled by handwritten label|pixels still beat text;adversarial examples for the openai clip
chess engine learning from scratch without human games|alphazero
learning a world model and dreaming inside it|world models;dream to control
minecraft competition with human demonstrations|minerl;basalt
agent trained in huge number of procedurally generated games|generally capable agents;procgen
estimate of when ai arrives based on brain computation|draft report on ai timelines;biological anchors;how much computational power
chance that ai seeking power causes existential catastrophe|power seeking
general methods that use computation win over human knowledge|bitter lesson
existential risks book toby ord|the precipice
brian christian book|the alignment problem
visualizing what groups of neurons respond to|activation atlas;circuits
concept vectors to explain a classifier|concept activation vectors
attack by another agent acting weirdly in the same environment|adversarial policies
infer values from irrational humans is impossible|humans can be assigned any values;occam
company promises to donate extreme profits|windfall clause
decision theory where your choice is correlated with a copy of yourself|functional decision theory;cdt;udt;newcomb;dutch book
optimal policies tend to keep options open|seeking power is provably
agent that models itself as part of the environment|embedded agency;embedded agents;embedded
random vaccine pandemic lessons for slow takeoff|coronavirus
social scientists should run experiments with people debating|social scientists
survey of researchers about when machines reach human level|when will ai exceed;expert survey;forecasting
military race dynamics cause loss of control|technology roulette;racing
a market of arguments to train a model to be honest|market making
oversight when the model knows things we cannot see|informed oversight;inaccessible information;universality
average the weights of exponentially many words of context transformer longer memory|transformer xl;stabilizing transformers;compressive
masked language model pretraining bidirectional|bert
students learn from noisy pseudo labels imagenet|noisy student
vision transformer patches|transformers for image recognition
summarize books recursively with human help|recursively summarizing books;summarizing books
training helpful dialogue by asking users and red teaming|red teaming;helpful;
catastrophic failures found by searching adversarially before deployment|rigorous agent evaluation
different networks with same test accuracy behave differently in deployment|underspecification
fixing reward function uncertainty makes robot defer to humans|off switch;incorrigibility;cooperative
translate between human and machine ontology|alignment as translation;
stealing resources of others strategy|strategy stealing
history of jumps in technological progress|discontinuous progress
economic growth explosion because of ai|explosive economic growth;modeling the human trajectory
multiple neural net agents cooperate with humans in overcooked|collaborating with humans without human data;on the utility of learning about humans
"""
"""What people remember of an idea."""
