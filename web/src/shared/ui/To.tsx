import { Link } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ReactNode, Ref } from "react";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  to: string;
  /** Filters of the page that is led to. */
  search?: Record<string, string | undefined>;
  activeProps?: AnchorHTMLAttributes<HTMLAnchorElement>;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link inside the product. Features know addresses as words, not the app's route tree. */
export const To = Link as unknown as (props: Props) => ReactNode;
