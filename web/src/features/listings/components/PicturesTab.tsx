import { ActionIcon, Button, FileButton } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconPhotoPlus, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import type { PictureOut, PicturePlace, ProductOut } from "@/api/types.gen";
import { usePlacePictures, useRetryPictures, useUpload } from "@/features/listings/api/product";
import { ConflictNote } from "@/features/listings/components/ConflictNote";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import { EmptyState } from "@/shared/ui/EmptyState";
import css from "./Product.module.css";

interface CardProps {
  picture: PictureOut;
  at: number;
  count: number;
  name: string;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
}

function PictureCard({ picture, at, count, name, onMove, onRemove }: CardProps) {
  const { t } = useTranslation("listings");
  const words = useProblemWords();
  const [over, setOver] = useState(false);
  const label = t("pictures.nth", { nth: at + 1, name });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const from = Number(event.dataTransfer.getData("text/kontor-picture"));
    if (Number.isInteger(from) && from !== at) onMove(from, at);
  };
  return (
    <li
      className={css.picture}
      data-over={over || undefined}
      draggable
      onDragStart={(event) => event.dataTransfer.setData("text/kontor-picture", String(at))}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("text/kontor-picture")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {picture.media ? (
        <img
          src={picture.media.thumb}
          alt={label}
          loading="lazy"
          width={picture.media.width}
          height={picture.media.height}
        />
      ) : (
        <div className={css.placeholder} data-state={picture.state}>
          {picture.problem ? words(picture.problem).title : t(`pictures.state.${picture.state}`)}
        </div>
      )}
      <div className={css.tools}>
        <span className="dim caption grow clip">
          {picture.variant_sku || (at === 0 ? t("pictures.main") : "")}
        </span>
        <ActionIcon
          variant="subtle"
          c="var(--k-ink-2)"
          aria-label={t("pictures.left", { nth: at + 1 })}
          disabled={at === 0}
          onClick={() => onMove(at, at - 1)}
        >
          <IconArrowLeft size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          c="var(--k-ink-2)"
          aria-label={t("pictures.right", { nth: at + 1 })}
          disabled={at === count - 1}
          onClick={() => onMove(at, at + 1)}
        >
          <IconArrowRight size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          c="var(--k-ink-2)"
          aria-label={t("pictures.remove", { nth: at + 1 })}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
    </li>
  );
}

const placeOf = ({ id }: PictureOut): PicturePlace => ({ id });

/** All pictures in their order; dragging has its twin in the arrows. */
export function PicturesTab({ product }: { product: ProductOut }) {
  const { t } = useTranslation("listings");
  const place = usePlacePictures(product.id);
  const retry = useRetryPictures(product.id);
  const upload = useUpload();
  const [over, setOver] = useState(false);
  const { pictures } = product;
  const failed = pictures.filter((picture) => picture.state === "failed").length;

  function move(from: number, to: number) {
    const order = pictures.map(placeOf);
    const [taken] = order.splice(from, 1);
    if (taken) order.splice(to, 0, taken);
    place.mutate(order);
  }
  async function add(files: File[]) {
    const added: PicturePlace[] = [];
    for (const file of files) added.push({ media_id: (await upload.mutateAsync(file)).id });
    await place.mutateAsync([...pictures.map(placeOf), ...added]);
  }
  const take = (files: File[]) => void add(files).catch(() => undefined); // told by the mutations below
  return (
    <>
      <ConflictNote
        error={place.error}
        listingId={product.id}
        onInsist={() => place.variables && place.mutate(place.variables)}
        onGiveIn={place.reset}
      />
      {(upload.error ?? retry.error) && <ProblemNote problem={upload.error ?? retry.error} />}
      <section className="sheet" aria-labelledby="pictures" data-field="image_urls">
        <header>
          <h2 id="pictures">{t("tab.pictures")}</h2>
          {failed > 0 && (
            <Button
              className="end"
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={14} />}
              loading={retry.isPending}
              onClick={() => retry.mutate()}
            >
              {t("pictures.retry", { count: failed })}
            </Button>
          )}
        </header>
        {pictures.length === 0 ? (
          <EmptyState title={t("pictures.none.title")}>{t("pictures.none.text")}</EmptyState>
        ) : (
          <ul className={css.pictures}>
            {pictures.map((picture, at) => (
              <PictureCard
                key={picture.id}
                picture={picture}
                at={at}
                count={pictures.length}
                name={product.headline}
                onMove={move}
                onRemove={() =>
                  place.mutate(pictures.filter((other) => other.id !== picture.id).map(placeOf))
                }
              />
            ))}
          </ul>
        )}
        <div
          className={css.drop}
          data-over={over || undefined}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes("Files")) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            take([...event.dataTransfer.files]);
          }}
        >
          <span>{t("pictures.drop")}</span>
          <FileButton
            multiple
            accept="image/*"
            onChange={take}
            inputProps={{ "aria-label": t("pictures.choose") }}
          >
            {(props) => (
              <Button
                {...props}
                size="xs"
                variant="default"
                leftSection={<IconPhotoPlus size={15} />}
                loading={upload.isPending || place.isPending}
              >
                {t("pictures.choose")}
              </Button>
            )}
          </FileButton>
        </div>
      </section>
    </>
  );
}
