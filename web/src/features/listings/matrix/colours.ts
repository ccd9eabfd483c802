/** What a colour's word looks like, roughly: enough to find a row at a glance. Words of de, en and fr, folded. */
const hues: Record<string, string> = {
  "#1a1a1a": "schwarz black noir anthrazitschwarz onyx",
  "#ffffff": "weiss white blanc reinweiss schneeweiss",
  "#f6f1e4": "creme cream ecru naturweiss elfenbein ivory ivoire offwhite wollweiss",
  "#e2d3b3": "beige natur nature naturel natural champagner champagne",
  "#c9b48c": "sand sable sahara duene",
  "#8d9194": "grau grey gray gris",
  "#b7bfc0": "nebel mist fog brume hellgrau perle pearl",
  "#c3c7cb": "silber silver argent",
  "#565e63": "schiefer slate ardoise graphit graphite",
  "#3b4146": "anthrazit anthracite charcoal kohle",
  "#2f6db5": "blau blue bleu kobalt cobalt koenigsblau royal",
  "#2b4057": "marine navy marineblau nachtblau midnight tinte ink",
  "#8fb8dc": "hellblau himmelblau sky ciel eisblau",
  "#5a7a99": "jeansblau denim jeans rauchblau",
  "#1f7a80": "petrol petrole teal blaugruen",
  "#4fb3b0": "tuerkis turquoise mint aqua menthe",
  "#3f8f52": "gruen green vert",
  "#7e8a6b": "seegras salbei sage sauge",
  "#6b6e3f": "oliv olive khaki moos moss mousse",
  "#24503a": "tanne tannengruen forest sapin flaschengruen",
  "#b8c94a": "limette lime limone",
  "#e3c32f": "gelb yellow jaune zitrone sonnengelb",
  "#c9962d": "senf mustard moutarde ocker ochre ocre curry honig honey miel",
  "#c5a253": "gold or golden messing brass laiton",
  "#e07b2c": "orange apricot mandarine",
  "#b4713d": "kupfer copper cuivre bronze",
  "#c0392f": "rot red rouge kirsch cherry",
  "#a3543b": "ziegel terracotta terrakotta brick brique rost rust rouille",
  "#6f2334": "bordeaux weinrot burgundy wine dunkelrot beere berry",
  "#dd8fa5": "rosa pink rose altrosa",
  "#e8b7a5": "lachs salmon saumon pfirsich peach peche koralle coral corail",
  "#7a4b8f": "lila violett purple violet pflaume plum prune aubergine",
  "#b9a5d0": "flieder lavendel lilac lavender lavande",
  "#7b5237": "braun brown brun marron nuss nussbaum walnut noyer schokolade chocolate",
  "#b28a5e": "cognac camel karamell caramel hellbraun tan eiche oak chene holz wood bois",
};
const hexOf = new Map(
  Object.entries(hues).flatMap(([hex, words]) => words.split(" ").map((word) => [word, hex])),
);
const darker = /^(dunkel|tief|dark|deep)|(fonce|sombre)$/;
const lighter = /^(hell|pastell?|light|pale)|(clair|pale)$/;
const options = new Set(["farbe", "color", "colour", "couleur", "farbton", "teinte", "shade", "coloris"]);

function fold(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue");
  return plain.normalize("NFD").replace(/[^a-z]/g, "");
}

/** Whether an option of variants is about colour: Farbe, Color, Couleur. */
export const isColour = (option: string): boolean => options.has(fold(option));

/** A colour to show beside its word, for CSS; nothing where the word is not known. */
export function swatchOf(word: string): string | undefined {
  const whole = fold(word);
  const known = hexOf.get(whole);
  if (known) return known;
  for (const [tone, by] of [
    [darker, "black"],
    [lighter, "white"],
  ] as const) {
    const base = tone.test(whole) && hexOf.get(whole.replace(tone, ""));
    if (base) return `color-mix(in oklab, ${base}, ${by} 35%)`;
  }
  const parts = word.split(/[^\p{L}]+/u).map((part) => hexOf.get(fold(part)));
  return parts.find(Boolean) ?? [...hexOf].find(([name]) => name.length > 3 && whole.endsWith(name))?.[1];
}
