"""Passphrases: plain short words, drawn by a source of chance that the caller brings."""

from collections.abc import Callable, Sequence
from typing import Final

WORDS_DRAWN: Final = 6  # of more than 1,024: over 60 bits

_LIST: Final = """
abacus acorn actor album alder alley almond alpine amber amble anchor angle ankle antler anvil
apple apricot apron aqua arbor arch arena armchair armor arrow artist aspen atlas attic august
aunt avenue avocado badge badger bagel bake baker bakery balcony ballad ballet balloon bamboo
banana banjo banner barley barn barrel basil basin bask basket bassoon bay bayou beach beacon bead
beak beam bean beaver bed beech beehive beetle bell belt bench beret berry bicycle birch bird
biscuit bison blanket blink blossom blouse bluebell bluebird board boat bobbin bonfire bonnet book
bookcase boot bottle boulder bounce bouquet bowl box bracelet braid branch brass brave bread
breeze brick bridge bright brisk brochure bronze brook broom brother brush bubble bucket buckle
buffalo bugle bungalow bunny burrow bus bush butter buttercup butterfly button cabbage cabin cable
cactus cake calm camel camera camp canal canary candle candy canoe canvas canyon cape caramel
caravan cardigan cardinal cargo carpet carrot cart cartoon carve cascade cashew castle cat catkin
cattle cave cedar celery cellar cello cement ceramic cereal chain chair chalk chamber channel
chapel chapter chariot cheese cherry chess chestnut chicken chime chimney chipmunk chirp chisel
chorus cider cinema cinnamon circle circus citrus city civic clam clap clarinet classic clay clear
clerk cliff climb clock clogs cloth cloud clover coach coast coat cobalt cobbler cocoa coconut
coffee coin collar colony column comet compass concert copper coral corduroy corn corner cosmic
cottage cotton country cousin cowboy cozy crab cradle cranberry crane crater crayon cream creek
crescent cricket crimson crisp crocus crow crown crystal cube cucumber cup cupboard curly curtain
cushion cutlery cypress daffodil dairy daisy dance dandelion dapper dawn dazzle deck deer delta
denim desert desk diamond dig dinner dish dock dolphin dome donkey doodle door doorbell dormouse
dough dove dragonfly draw drawer dress drift drizzle drum duck dune dusk dust eager eagle early
earring earth easel east easy echo eclipse eggshell elbow elder elegant elephant elm ember emerald
engine envelope equator evening exhibit fabric falcon family fancy farm farmer farmhouse feather
fence fern ferry festival fiddle field fig finch finger fir fire firefly fish flag flame flamingo
flask flax fleece flint float flock floor flour flower fluffy flute foal fog fold folder footpath
forest forge fork fossil fountain fox frame freckle freight friend frog frost fruit galaxy gallery
gallop game garage garden garlic garnet gate gazelle gecko gem gentle geyser giant giggle ginger
giraffe glacier glad glade glass glen glide glitter globe glove glow glue goat gold golden goose
gorge gourd grain grand granite grape grass gravel green grin grove guest guitar gull hail hall
hammer hammock hamster handy happy harbor hare harp harvest hat hawk hay hazel hearty heather
hedge hedgehog helmet hemlock hen herb heron hickory hill hillside hinge hobby hockey holiday
holly homemade honey honeycomb hood hoof hook hop horizon hornet hotel hour house hover hum humble
husky hut hyacinth ibis icicle igloo indigo ink inlet insect iris iron island ivory ivy jacket
jade jaguar jam jar jasmine jay jeans jelly jet jewel jigsaw jockey jolly journal journey judge
jug juggle juice jump jungle juniper kayak keen kelp kennel kernel kettle key kid kilt kind king
kitchen kite kitten kiwi knee knight knit knot koala label lace ladder ladle lagoon lake lamb lamp
lantern larch lark latch lattice laurel lava lavender lawn leaf leather ledge lemon lemonade
lentil leopard letter lettuce library lichen lilac lily lime limestone linen lion lively lizard
llama lobster locket log lotus loyal lucky lullaby lumber lunch lynx lyric machine mackerel magic
magnet magnolia magpie mallet mandolin mango mantle map maple marble march margin marigold market
marmot marsh mast matchbox meadow medal mellow melody melon meringue mermaid merry metal meteor
midnight mighty mile milk mill mineral mint mirror mist mitten moat model modest mole moment moon
moonbeam moose morning mosaic moss moth mother motor mountain mouse mouth muffin mulberry mule
muse museum mushroom music mussel mustard napkin nectar needle nephew nest nettle nickel night
nimble noble noodle noon north notebook novel nugget number nut nutmeg oak oar oasis oat oatmeal
ocean ochre octave october octopus office olive onion opal opera orange orangery orbit orchard
orchid organ oriole osprey ostrich otter oven owl oyster paddle paddock page paint palace palm pan
pancake panda pansy panther papaya paper paperclip parade parcel park parrot parsley party passage
pasta pastel pasture path patient patio pavilion peaceful peach peacock peak peanut pear pearl
pebble pecan pelican pen pencil penguin penny peony pepper perch petal pheasant photo piano picnic
picture pie pier pigeon pillow pilot pine pinecone pink pioneer pirate pistachio pitcher planet
plank plant plate plaza plucky plum plume pocket poem poet polar polish pollen pond pony pool
poplar poppy porch porcupine porridge port portrait postcard potato pottery powder prairie prance
pretzel primrose prince prism proud puddle puffin pumpkin puppet puppy purple puzzle pyramid quail
quarry quarter quartz queen quick quiet quill quilt quince rabbit raccoon radio radish raft rain
rainbow raincoat raisin ranch raspberry raven read recipe record reed reef rest rhubarb ribbon
rice ridge ring ripple river riverbank road roam robin robot rock rocket rodeo roll roof room root
rope rose rosemary row rowan rowboat royal ruby rudder rug ruler rust rustic rye saddle saffron
sage sail sailor salad salmon salt sand sandal sapphire satin saucer savanna scarf scatter school
scooter scroll sea seagull seal seashell season seaweed seed sentry september sequoia serene
sesame shamrock shawl sheep shelf shell shelter shepherd sherbet shine shiny ship shirt shoe shore
shovel shrimp shrub silent silk silver simple sing singer sister skate sketch ski skip skirt sky
skylark slate sled sleek sleeve slipper slope slow smile smooth snail snow snowdrop snowflake snug
soap sofa soft soil solid sonata song soup south spade spark sparrow spice spider spin spinach
spiral splash sponge spoon spray sprout spruce square squash squirrel stable stadium stage stair
stamp star stargazer station statue steam steel stem stone stool stork storm story stove straw
stream street string stroll studio sturdy sugar suitcase sunflower sunny sunrise surf swallow swan
sway sweater swift swim swing sycamore symphony syrup table tablet tailor tangerine tapestry
tartan tea teacher teal teapot teaspoon tender tent terrace thimble thistle thread throne thrush
thumb thunder thyme ticket tide tidy tiger tile timber tin tiny toast toffee tomato topaz torch
tortoise toucan towel tower town toy tractor trail train tranquil travel treehouse trellis
triangle trolley trophy trout trumpet trunk tulip tuna tundra tunnel turkey turnip turtle tweed
twig twilight twirl twist umbrella uncle unicorn uniform universe valley vanilla vase vault velvet
veranda verse vessel village vine viola violet violin visitor vivid volcano vowel voyage wade
waffle wagon walnut walrus waltz wander warbler warm water waterfall wave wax weasel weather
weaver west whale wharf wheat wheel whisker whisper whistle whole wide wiggle willow wind windmill
window wise wisteria witty wolf wombat wonder wood woodland wool workshop world wreath wren wrench
wrist writer xylophone yacht yak yard yarn yeast yellow yogurt young zebra zenith zephyr zigzag
zinc zinnia zipper zither zone
"""
WORDS: Final = tuple(_LIST.split())


def make_passphrase(draw: Callable[[Sequence[str]], str], count: int = WORDS_DRAWN) -> str:
    """Return `count` words, each drawn by `draw` from `WORDS`.

    >>> make_passphrase(min, 3)
    'abacus abacus abacus'
    """
    return " ".join(draw(WORDS) for _ in range(count))
