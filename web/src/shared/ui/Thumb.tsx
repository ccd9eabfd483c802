import { IconPhoto } from "@tabler/icons-react";
import css from "./Thumb.module.css";

interface Props {
  /** Address of a rendition of ours; nothing while there is no picture. */
  src: string | null | undefined;
  width?: number;
  height?: number;
}

/** A small picture beside a name; the name says what it shows, so it is silent. */
export function Thumb({ src, width = 44, height = 36 }: Props) {
  if (!src) {
    return (
      <span className={css.none} style={{ width, height }} aria-hidden>
        <IconPhoto size={16} stroke={1.5} />
      </span>
    );
  }
  return (
    <img
      className={css.picture}
      src={src}
      width={width}
      height={height}
      alt=""
      loading="lazy"
      decoding="async"
    />
  );
}
