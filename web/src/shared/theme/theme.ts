import {
  Button,
  Badge,
  Card,
  Checkbox,
  Drawer,
  Input,
  Kbd,
  Menu,
  Modal,
  Paper,
  Skeleton,
  Table,
  Tabs,
  Tooltip,
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";
import { dark, light, motion, radius, ramp, size, type Scheme, type Tone } from "./tokens";

/** Mantine theme. Components read `var(--k-*)`; Mantine's own variables are mapped to the same tokens. */
export const theme = createTheme({
  fontFamily: "'IBM Plex Sans Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "24px", lineHeight: "30px" },
      h2: { fontSize: "18px", lineHeight: "24px" },
      h3: { fontSize: "16px", lineHeight: "22px" },
      h4: { fontSize: "14px", lineHeight: "20px" },
    },
  },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "18px" },
  lineHeights: { xs: "1.34", sm: "1.38", md: "1.43", lg: "1.5", xl: "1.34" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: {
    xs: `${radius.xs}px`,
    sm: `${radius.sm}px`,
    md: `${radius.md}px`,
    lg: `${radius.lg}px`,
    xl: `${radius.lg}px`,
  },
  defaultRadius: "sm",
  /** Ramps under our names; Mantine's `gray` and `dark` are stone and night. */
  colors: Object.fromEntries([
    ...Object.entries(ramp).map(([k, v]) => [k === "night" ? "dark" : k, v as unknown as MantineColorsTuple]),
    ["gray", ramp.stone as unknown as MantineColorsTuple],
  ]),
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.4,
  /** Primary fill follows the scheme: ink with white by day, light ink with dark text by night. */
  variantColorResolver: (input) => {
    const d = defaultVariantColorsResolver(input);
    const own = !input.color || input.color === input.theme.primaryColor;
    if (own && input.variant === "filled")
      return {
        ...d,
        background: "var(--k-accent)",
        hover: "var(--k-accent-hover)",
        color: "var(--k-on-accent)",
        border: "1px solid transparent",
      };
    if (own && input.variant === "subtle") return { ...d, color: "var(--k-link)", hover: "var(--k-hover)" };
    return d;
  },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: "sm" }, styles: { root: { fontWeight: 500 } } }),
    Badge: Badge.extend({
      defaultProps: { radius: "xs", variant: "light" },
      styles: { root: { textTransform: "none", fontWeight: 500 } },
    }),
    Paper: Paper.extend({ defaultProps: { radius: "md" } }),
    Card: Card.extend({ defaultProps: { radius: "md", withBorder: true } }),
    Input: Input.extend({ defaultProps: { size: "sm" } }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: "xs", radius: "xs" },
      vars: () => ({
        root: { "--checkbox-color": "var(--k-accent)", "--checkbox-icon-color": "var(--k-on-accent)" },
      }),
    }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 0, horizontalSpacing: "md" } }),
    Tabs: Tabs.extend({ styles: { tab: { fontWeight: 500 } } }),
    Menu: Menu.extend({
      defaultProps: { shadow: "md", radius: "md", transitionProps: { duration: motion.quick } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        radius: "sm",
        withArrow: false,
        events: { hover: true, focus: true, touch: true },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        padding: "xl",
        overlayProps: { backgroundOpacity: 0.4 },
        position: "right",
        size: size.drawer,
        transitionProps: { duration: motion.base },
      },
    }),
    Modal: Modal.extend({
      defaultProps: { radius: "lg", centered: true, transitionProps: { duration: motion.base } },
    }),
    Kbd: Kbd.extend({ defaultProps: { size: "xs" } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: "xs" } }),
  },
});

const kebab = (s: string) => s.replace(/([A-Z0-9])/g, (m) => `-${m.toLowerCase()}`);

function variables(s: Scheme): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [k, v] of Object.entries(s)) if (typeof v === "string") out[`--k-${kebab(k)}`] = v;
  for (const [tone, c] of Object.entries(s.tone) as [Tone, Scheme["tone"][Tone]][])
    for (const [part, v] of Object.entries(c)) out[`--k-${tone}-${part}`] = v;
  return {
    ...out,
    "--mantine-color-body": s.canvas,
    "--mantine-color-text": s.ink,
    "--mantine-color-dimmed": s.ink3,
    "--mantine-color-placeholder": s.ink3,
    "--mantine-color-default": s.surface,
    "--mantine-color-default-hover": s.hover,
    "--mantine-color-default-border": s.line,
    "--mantine-color-default-color": s.ink,
    "--mantine-color-anchor": s.link,
    "--mantine-color-error": s.tone.refused.fg,
    "--mantine-shadow-xs": s.shadow1,
    "--mantine-shadow-sm": s.shadow1,
    "--mantine-shadow-md": s.shadow2,
    "--mantine-shadow-lg": s.shadow3,
    "--mantine-shadow-xl": s.shadow3,
  };
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: variables(light),
  dark: variables(dark),
});
