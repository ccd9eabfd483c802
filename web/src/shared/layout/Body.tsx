import type { ReactNode } from "react";
import css from "./Body.module.css";

/** What stands under a page's header. */
export function Body({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={className ? `${css.body} ${className}` : css.body}>{children}</div>;
}
