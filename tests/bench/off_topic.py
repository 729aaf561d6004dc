"""Questions that no summary answers, written by hand: phrases between bars."""

COMMON = """
chocolate chip cookie recipe|how to bake sourdough bread|pizza recipe|best lasagna with spinach
vegan curry with coconut milk|how long to boil eggs|banana pancakes without flour
slow cooker beef stew|thai green curry paste|how to make kimchi at home|gluten free brownies
grilled salmon with lemon butter|apple pie crust|homemade pasta dough|chicken noodle soup
mashed potatoes garlic|cheesecake no bake|tiramisu original recipe|roast turkey thanksgiving
sushi rice vinegar ratio
photosynthesis in desert plants|mitochondria membrane potential|plate tectonics himalaya
krebs cycle enzymes|black hole hawking radiation|superconductivity cuprates
periodic table noble gases|crispr sickle cell therapy|volcanic eruption iceland
dinosaur extinction asteroid|ocean acidification coral reefs|quantum chromodynamics lattice
organic chemistry aldehyde synthesis|rna splicing introns|galaxy rotation curves dark matter
earthquake magnitude scale|antibiotic resistance staphylococcus|enzyme kinetics michaelis menten
tidal locking moon|glacier melting greenland
football world cup winners|premier league table|tennis wimbledon final|nba playoffs lakers
tour de france stage|olympic swimming records|formula one qualifying monaco|cricket test match score
golf masters leaderboard|super bowl halftime show
cheap flights to barcelona|hotels in paris near eiffel tower|train timetable berlin munich
visa requirements for vietnam|weather tomorrow london|best beaches in thailand|rent a car in iceland
hiking trails yosemite|camping gear checklist|currency exchange yen euro
harry potter sorting hat|taylor swift tour dates|beatles abbey road album|mozart requiem
game of thrones ending explained|star wars darth vader|lord of the rings gandalf
shakespeare hamlet soliloquy|van gogh starry night|netflix new releases
how to fix a leaking tap|paint kitchen cabinets|mow the lawn in winter|change car oil filter
replace bicycle chain|unclog bathroom drain|install laminate flooring|repair cracked phone screen
wifi router setup password|printer out of ink
mortgage rates 30 year fixed|tax return deadline|credit card cashback offers
pension contributions calculator|bitcoin price today|car insurance quotes|stock dividends yield
student loan refinancing|life insurance broker|inflation euro zone
headache and fever remedies|knee pain after running|vitamin d deficiency symptoms
pregnancy week by week|dentist appointment near me|lower blood pressure diet|yoga poses for back pain
how to treat sunburn|hay fever pollen count|migraine triggers chocolate
asdfghjkl|qwertyuiop|zxcvbnm asdf|sdkfjhskdjfh|jfjfjfjf kdkdkd|aaaaaaaaaa|wqeoiruwqoeiru|poiuytrewq
ghghgh tytyty|lkjlkj lkjlkj|xcvxcvxcv|mnbvcxz lkjh|fdsafdsa jkl|qazwsx edcrfv|uiouiouio|hjklhjkl
rtyrty fgh|bnmbnm|vcxz rewq|ploikj uhyg
purple elephant umbrella|banana telescope xylophone|sofa carpet thunder|spoon giraffe velvet
lantern pickle orchard|hamster tuxedo marmalade|walnut saxophone ribbon|cactus pillow trombone
mitten otter cinnamon|pebble harmonica zebra|turnip accordion|muffin glacier kazoo|teapot walrus
porcupine ballet|lettuce motorcycle rainbow
wedding dress rental|birthday gift ideas for dad|baby names starting with k|crochet blanket pattern
knitting socks pattern|dog training puppy biting|cat litter smell|aquarium fish tank filter
rose garden pruning|tomato plants blight|guitar chords wonderwall|piano lessons beginners
learn spanish verbs|french subjunctive conjugation|latin ablative absolute|roman empire emperors list
napoleon waterloo battle|french revolution guillotine|ancient egypt pyramids construction
medieval castles wales
javascript array map filter|css flexbox center div|docker compose volumes|kubernetes ingress nginx
sql join three tables|excel vlookup multiple criteria|react useeffect cleanup
git rebase squash commits|ubuntu install nvidia drivers|iphone battery replacement
lorem ipsum dolor sit amet|the quick brown fox jumps over the lazy dog|hello how are you
what time is it|good morning|tell me a joke|who is the president of france|happy birthday
thank you very much|see you tomorrow
🍕🍕🍕|!!!???|....|12345678|99999|0000|привет как дела|今日の天気|مرحبا بالعالم|γεια σου κόσμε
divorce lawyer fees|tenant rights deposit|speeding ticket appeal|passport renewal form
drivers license test questions|property tax dispute|trademark registration cost|green card lottery
jury duty excuse|small claims court
marathon training plan|protein shake after workout|bench press form|swimming freestyle technique
rock climbing shoes|surfboard wax|skateboard tricks ollie|ski resort snow report|fishing bait trout
chess opening sicilian najdorf
"""
"""Recipes, other sciences, sports, mashed keys, random words: nothing here answers them."""

MORE = """
best ramen near shibuya|how to poach an egg|sourdough starter feeding schedule|keto breakfast ideas
cinnamon rolls frosting|lamb tagine apricots|espresso machine descaling|wine pairing with duck
pickled onions vinegar|gnocchi with sage butter
stellar nucleosynthesis iron peak|monsoon rainfall kerala|bee colony varroa mites
chromosome crossover meiosis|tectonic subduction trench|hubble constant tension
penguin breeding antarctica|limestone cave stalactites|nitrogen fixation legumes
feynman diagrams electron scattering
world series baseball 1998|wimbledon ladies champion|rugby six nations fixtures|messi transfer news
kentucky derby odds|figure skating triple axel|nfl draft order|badminton racket string tension
curling stones weight|sumo tournament schedule
airport shuttle lisbon|things to do in prague|northern lights tromso|amtrak coast starlight
hostel amsterdam cheap|trekking poles nepal|ferry to santorini|national park permit utah|jet lag tips
suitcase size cabin
breaking bad finale|pink floyd the wall lyrics|jane austen persuasion|marvel movies in order
opera tickets la scala|ukulele tuning|ballet shoes size|watercolor techniques wet on wet
haiku about autumn|stamp collecting penny black
gutter cleaning ladder|ikea wardrobe assembly|compost bin smell|sharpen kitchen knives
dishwasher not draining|wallpaper removal steam|septic tank pumping|bathroom tile grout
garage door opener remote|chimney sweep cost
savings account interest|roth ira contribution limit|mortgage calculator|gold price per ounce
paypal refund|airline miles expire|home insurance flood|car lease vs buy|rent increase notice
vat number check
sprained ankle recovery|cough syrup for toddlers|allergic to peanuts|cholesterol levels
contact lenses dry eyes|tooth extraction aftercare|melatonin dosage|blister treatment hiking
ear infection drops|physiotherapy shoulder
qqqqq|zzxxccvv|lkjhgfdsa|asd asd asd|blorpt fnargle|xkqzj wvtpl|trewq yuiop|mmmmmmm nnnnn
ggggg hhhhh jjjjj|vbnm,./|woeiruty slkdjfh|dfgdfg|eeeeeeee|plokij uhygtf|zaqwsx cderfv
cucumber trampoline|velvet hedgehog parade|mustard lighthouse|origami raccoon|bagpipe avocado
snorkel cathedral|penguin tuxedo laundry|waffle submarine|kangaroo chandelier|broccoli orchestra
second hand prams|dog grooming poodle|horse saddle fitting|hedge trimming laws|balcony herbs
bird feeder squirrels|budgie cage|strawberry jam setting|christmas tree stand
halloween costume vampire
wordpress plugin menu|python pandas groupby|bash loop over files|apache htaccess redirect
photoshop remove background|vim exit|regex email validation|outlook calendar sync
android studio emulator slow|latex table width
bonjour comment ca va|wie geht es dir|como estas amigo|ciao bella|konnichiwa|что такое любовь|天气怎么样
안녕하세요|שלום עולם|नमस्ते दुनिया
who won the election in brazil|capital of australia|tallest mountain in africa|when is easter
how old is the queen|distance from earth to mars|population of india|currency of sweden
meaning of life 42|stop words only the of and
spanish inquisition|viking longships|magna carta 1215|berlin wall fall|industrial revolution looms
samurai armor|mayan calendar|titanic iceberg|gold rush california|silk road caravan
i love you|lol|ok thanks|brb|haha that is funny|nice weather today|see attached|please advise
meeting at noon|lunch anyone
"""
"""As above; the confidence was fitted to these and to those above."""

UNSEEN = """
how to roast vegetables|crispy fried chicken|blueberry muffins easy|beef wellington temperature
mango lassi|french onion soup|avocado toast toppings|pad thai sauce|homemade ice cream machine
bread maker settings|tofu scramble|lobster bisque
coral bleaching reef|mantle convection plume|fungal spores mycelium|photon polarization crystal
amino acid sequence hemoglobin|paleolithic cave art|sedimentary rock layers|tectonic fault california
kidney nephron function|supernova remnant crab nebula|orbital period jupiter moons
salmon migration upstream|malaria mosquito parasite|graphene conductivity sheets
boiling point of ethanol
manchester united fixtures|olympic figure skating|tennis elbow brace|cycling jersey sizes
basketball hoop height|boxing heavyweight title|marathon pace chart|gymnastics floor routine
swimming goggles fog|darts checkout table
bus schedule dublin|passport photo size|campervan rental new zealand|disney cruise packing
ski pass discount|airbnb rome trastevere|road trip route 66|luggage allowance ryanair
sunrise time sydney|camping stove fuel
netflix password sharing|best horror movies|guitar strings gauge|piano sheet music chopin
knitting scarf beginner|lego star wars set|sudoku hard puzzle|crossword clue seven letters
karaoke songs duet|monopoly house rules
leaky roof repair|paint colors bedroom|fridge making noise|mattress firm or soft
carpet stain red wine|lawn mower spark plug|ceiling fan installation|wood stove chimney
kitchen sink faucet|vacuum cleaner bags
income tax brackets|credit score check|mortgage refinance|inheritance tax threshold
currency dollar peso|savings bond maturity|car loan calculator|invoice template word
crypto wallet seed phrase|house deposit help
sore throat remedy|flu shot side effects|back pain exercises|vitamin c dosage|insomnia tips
nosebleed stop|cat vaccination schedule|puppy teething|allergy tablets drowsy|wisdom teeth removal
blood type compatibility
zxcv qwer|asdlkj qweoiu|hgfdsa|bvcxz|ooooo ppppp|fjdksl|tyughj bnm|xyzzy plugh|qazxsw|nmjhgb vfrtyu
iiiii|wertyuio|sdfghjk xcvbn|pppp|rrrr tttt
umbrella sandwich volcano|pirate cupcake galaxy|dragon sweater bicycle|moonlight spaghetti
cactus hammock|ladder butterfly soup|guitar pineapple sock|whale typewriter|rainbow toaster
pumpkin helicopter|igloo banjo|marble dolphin candle
nike shoes sale|used bikes craigslist|iphone case leather|office chair ergonomic|laptop stand wood
bluetooth headphones cheap|smart tv 55 inch|winter jacket women|engagement ring size|perfume gift set
mysql connection refused|nginx reverse proxy|javascript promise all|html table border
pip install error windows|docker port already allocated|arduino led blink|excel pivot table
word document landscape|gmail filter labels
louis xiv versailles|byzantine empire fall|roman aqueducts|henry viii wives|boston tea party
cold war cuban missile crisis|ottoman sultans|ming dynasty vases|aztec temple|stonehenge builders
lawyer for dui|landlord eviction notice|child custody forms|copyright song lyrics
small business license|citizenship test dates|parking fine appeal|divorce mediation
will and testament template|power of attorney
hola que tal|guten morgen|merci beaucoup|dov'è la biblioteca|jak się masz|ahoj světe|selamat pagi
xin chào|こんにちは|спокойной ночи
"""
"""As above, written after everything had been tuned."""
