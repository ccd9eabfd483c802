/**
 * Kontor design tokens: the only place where a colour, a size or a duration is written down.
 * Colour carries meaning. Green is reserved for what was proven; actions are ink.
 * Contrast ratios are in guide.md and are recomputed by prototype/scripts/contrast.mjs.
 */

type Ramp = readonly [string, string, string, string, string, string, string, string, string, string];

/** Ten-step ramps, 0 lightest. Names are the materials of a counting house. */
export const ramp = {
  /** Ink: actions, links, selection, things in flight. */
  ink: [
    "#EDF3F7",
    "#D9E6EE",
    "#B6CEDD",
    "#9CC4E0",
    "#6395B6",
    "#41799B",
    "#2C6083",
    "#1C4B69",
    "#153A53",
    "#0E2939",
  ],
  /** Sea green: proven. Nothing else. */
  sea: [
    "#E3F3EC",
    "#CBE8DC",
    "#9FD3C1",
    "#7FD0B4",
    "#45A588",
    "#25896D",
    "#157058",
    "#0F5B48",
    "#0C4839",
    "#08342A",
  ],
  /** Amber: a date or a person's decision is due. */
  amber: [
    "#FCF1D9",
    "#F8E2B0",
    "#EFC877",
    "#F0C06A",
    "#D6961F",
    "#B4780D",
    "#8F5D07",
    "#6B4406",
    "#533504",
    "#3A2503",
  ],
  /** Vermilion: access refused, irreversible action. */
  vermilion: [
    "#FCEAE4",
    "#F8D2C6",
    "#EFAB97",
    "#F5A58F",
    "#DD6043",
    "#C7442A",
    "#AF351D",
    "#8F2A17",
    "#6D2012",
    "#4B170D",
  ],
  /** Plum: the channel's business "no", which a person answers with content. */
  plum: [
    "#F6EBF3",
    "#EAD8E5",
    "#D5B2CB",
    "#DBB0CF",
    "#A36A95",
    "#884D7A",
    "#703B64",
    "#5B3051",
    "#45253E",
    "#2F192A",
  ],
  /** Stone: text, lines, paper. */
  stone: [
    "#F5F7F4",
    "#ECEFEB",
    "#DFE4DF",
    "#CBD2CD",
    "#A9B3AE",
    "#7F8B87",
    "#5E6A67",
    "#475250",
    "#2E3837",
    "#18211F",
  ],
  /** Night: Mantine's dark tuple; 0 is text, 7 is the page. */
  night: [
    "#E3E9E7",
    "#BCC7C4",
    "#95A3A0",
    "#6C7A7A",
    "#3B494D",
    "#2C383C",
    "#222D31",
    "#11181B",
    "#0D1316",
    "#090E10",
  ],
} satisfies Record<string, Ramp>;

export type Tone = "proven" | "flight" | "attention" | "refused" | "no" | "outage" | "wanted";
interface ToneColours {
  fg: string;
  bg: string;
  line: string;
  solid: string;
}
export interface Scheme {
  canvas: string;
  surface: string;
  raised: string;
  sunken: string;
  hover: string;
  selected: string;
  line: string;
  lineStrong: string;
  ink: string;
  ink2: string;
  ink3: string;
  accent: string;
  accentHover: string;
  onAccent: string;
  link: string;
  focus: string;
  spine: string;
  spineHover: string;
  spineActive: string;
  spineInk: string;
  spineInk2: string;
  spineLine: string;
  spineLive: string;
  chart1: string;
  chart2: string;
  chart3: string;
  shadow1: string;
  shadow2: string;
  shadow3: string;
  tone: Record<Tone, ToneColours>;
}

export const light: Scheme = {
  canvas: "#F5F7F4",
  surface: "#FFFFFF",
  raised: "#FFFFFF",
  sunken: "#ECEFEB",
  hover: "#F2F5F2",
  selected: "#E8F0F5",
  line: "#DFE4DF",
  lineStrong: "#7F8B87",
  ink: "#18211F",
  ink2: "#475250",
  ink3: "#5E6A67",
  accent: "#1C4B69",
  accentHover: "#153A53",
  onAccent: "#FFFFFF",
  link: "#1C4B69",
  focus: "#2C6083",
  spine: "#12262F",
  spineHover: "#1B343F",
  spineActive: "#234250",
  spineInk: "#E6EDEC",
  spineInk2: "#A3B6B9",
  spineLine: "#294450",
  spineLive: "#5FBE9F",
  chart1: "#1C4B69",
  chart2: "#B9975B",
  chart3: "#8FA7B3",
  shadow1: "0 1px 2px rgba(24,33,31,.06)",
  shadow2: "0 2px 4px rgba(24,33,31,.06), 0 6px 16px rgba(24,33,31,.08)",
  shadow3: "0 4px 8px rgba(24,33,31,.08), 0 18px 48px rgba(24,33,31,.18)",
  tone: {
    proven: { fg: "#0F5B48", bg: "#E3F3EC", line: "#9FD3C1", solid: "#157058" },
    flight: { fg: "#1C4B69", bg: "#E4EEF5", line: "#A9C6D9", solid: "#41799B" },
    attention: { fg: "#6B4406", bg: "#FCF1D9", line: "#E6BE6C", solid: "#B4780D" },
    refused: { fg: "#8F2A17", bg: "#FCEAE4", line: "#EBA792", solid: "#C7442A" },
    no: { fg: "#5B3051", bg: "#F6EBF3", line: "#D0A9C5", solid: "#884D7A" },
    outage: { fg: "#3E4A51", bg: "#EBEFF1", line: "#8D9AA0", solid: "#5F6D74" },
    wanted: { fg: "#475250", bg: "#FFFFFF", line: "#A9B3AE", solid: "#7F8B87" },
  },
};

export const dark: Scheme = {
  canvas: "#11181B",
  surface: "#182125",
  raised: "#1F2A2F",
  sunken: "#0D1316",
  hover: "#1D272C",
  selected: "#1B303D",
  line: "#2C383C",
  lineStrong: "#6C7A7A",
  ink: "#E3E9E7",
  ink2: "#BCC7C4",
  ink3: "#98A6A3",
  accent: "#9CC4E0",
  accentHover: "#B6D5EA",
  onAccent: "#0C1B25",
  link: "#9CC4E0",
  focus: "#9CC4E0",
  spine: "#0B1215",
  spineHover: "#162126",
  spineActive: "#1F2E35",
  spineInk: "#E3E9E7",
  spineInk2: "#9AABAC",
  spineLine: "#213036",
  spineLive: "#5FBE9F",
  chart1: "#6395B6",
  chart2: "#B99A66",
  chart3: "#4D6775",
  shadow1: "0 1px 2px rgba(0,0,0,.4)",
  shadow2: "0 2px 4px rgba(0,0,0,.35), 0 6px 16px rgba(0,0,0,.35)",
  shadow3: "0 4px 8px rgba(0,0,0,.4), 0 18px 48px rgba(0,0,0,.6)",
  tone: {
    proven: { fg: "#86D3B8", bg: "#12302A", line: "#2A6252", solid: "#45A588" },
    flight: { fg: "#A4CAE4", bg: "#162F3E", line: "#33607D", solid: "#6395B6" },
    attention: { fg: "#F0C676", bg: "#33280F", line: "#725619", solid: "#D6961F" },
    refused: { fg: "#F7AE9A", bg: "#3B1D16", line: "#85402F", solid: "#DD6043" },
    no: { fg: "#E0BAD5", bg: "#34202F", line: "#724A65", solid: "#A86F9A" },
    outage: { fg: "#BFCACF", bg: "#222C31", line: "#65757C", solid: "#7D8C93" },
    wanted: { fg: "#BCC7C4", bg: "#182125", line: "#56656A", solid: "#6C7A7A" },
  },
};

/** 4-pixel grid. */
export const space = { "2xs": 2, xs: 4, sm: 8, md: 12, lg: 16, xl: 24, "2xl": 32, "3xl": 48 } as const;
export const radius = { xs: 3, sm: 5, md: 7, lg: 10, pill: 999 } as const;
/** size / line height in px; weights 400, 500, 600 only. */
export const type = {
  caption: [12, 16],
  small: [13, 18],
  body: [14, 20],
  lead: [16, 24],
  h3: [16, 22],
  h2: [18, 24],
  h1: [24, 30],
  figure: [28, 32],
} as const;
export const size = {
  row: 52,
  rowDense: 40,
  control: 34,
  controlTouch: 44,
  spine: 224,
  panel: 384,
  drawer: 560,
  read: 720,
} as const;
export const motion = {
  quick: 90,
  base: 160,
  slow: 240,
  arrive: 2400,
  ease: "cubic-bezier(.2,.7,.2,1)",
} as const;
