/** Addresses of rooms: a code of two words that people can remember, and a key of 50 bits. */

const adjectives =
  'able amber ample azure basic blue bold brave brief bright brisk calm candid cheery clear clever cool coral cosy crisp curly daring deep eager early earnest easy fair fancy fast fine firm fleet fond free fresh gentle glad golden grand green handy happy hardy hazel honest humble ideal jolly keen kind large late light lively loyal lucky lunar mellow merry mild misty modest neat nimble noble open patient plain polite prime proud quick quiet rapid ready royal rustic sandy sharp silent silver sleek smart smooth snowy soft solar solid steady still sunny super sweet swift tidy tiny tough trusty upbeat urban vivid warm wavy wise witty young zesty'.split(
    ' ',
  );
const animals =
  'alpaca ant badger bat bear beaver bee bison boar camel canary carp cat cheetah cicada civet clam cobra cod condor coyote crab crane cricket crow deer dingo dog dolphin donkey dove dragon duck eagle eel egret elk emu falcon ferret finch fox frog gecko gibbon giraffe goat goose grouse gull hare hawk heron hippo hornet horse ibex ibis iguana impala jackal jaguar kestrel kiwi koala lark lemur lion lizard llama lobster lynx macaw magpie mole moose moth mouse mule newt octopus orca osprey otter owl ox panda panther parrot pelican penguin pigeon plover pony puffin puma quail rabbit raven robin salmon seal shark sheep shrew skunk sloth snail spider squid stork swan tapir tiger toad trout turtle viper walrus weasel whale wolf wombat wren yak zebra'.split(
    ' ',
  );

/** Crockford's base 32 in lower case: no i, l, o or u, so that a key survives being read aloud. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const keyLength = 10;

const pick = (list: readonly string[]): string => {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return list[random! % list.length]!;
};

/** `brave-otter`; the caller tries again if it is taken. */
export const randomCode = (): string => `${pick(adjectives)}-${pick(animals)}`;

/** Ten characters of 5 bits each from the system's generator. */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(keyLength)), (byte) => alphabet[byte & 31]).join(
    '',
  );

/**
 * Code and key of an address, or null if it is none. Letter case and spaces around it are ignored.
 */
export function parseAddress(address: string): { code: string; key: string } | null {
  const match = /^([a-z]{2,10}-[a-z]{2,10}(?:-\d{1,4})?)-([0-9a-z]{10})$/.exec(
    address.trim().toLowerCase(),
  );
  return match ? { code: match[1]!, key: match[2]! } : null;
}

/** In a course of several processes: the number of the one that has the room `brave-otter-2`; null if it has none. */
export const processOf = (code: string): number | null => {
  const number = /-([1-9]\d?)$/.exec(code)?.[1];
  return number === undefined ? null : Number(number);
};

/**
 * Whether this looks like a mistyped address: a letter is missing, the key is missing, or the
 * separators are wrong. `parseAddress` accepts complete ones.
 */
export function resemblesAddress(text: string): boolean {
  const [first = '', second = '', ...rest] = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  // One of the words may be mistyped if a key stands behind them, or something of its length.
  const words = adjectives.includes(first) || animals.some((animal) => second.startsWith(animal));
  const key = rest.some((each) => /^(?=.*\d)[0-9a-z]{7,12}$/.test(each));
  return (words && key) || (adjectives.includes(first) && animals.some((animal) => second.startsWith(animal))); // prettier-ignore
}

/**
 * Takes the same time wherever the two keys differ, so that a key can't be found letter by letter.
 */
export function sameKey(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < keyLength; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
