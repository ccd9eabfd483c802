import { initials } from "@/shared/auth/initials";
import css from "./Settings.module.css";

/** A person's picture, or their initials; the name beside it says who it is. */
export function Avatar({ name, url, size = 32 }: { name: string; url?: string | null; size?: number }) {
  const box = { width: size, height: size, fontSize: Math.round(size / 2.6) };
  if (url) return <img className={css.avatar} src={url} width={size} height={size} alt="" style={box} />;
  return (
    <span className={css.avatar} style={box} aria-hidden>
      {initials(name)}
    </span>
  );
}
