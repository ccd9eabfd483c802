import { ActionIcon, Button, FileButton } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconPhotoPlus, IconTrash } from "@tabler/icons-react";
import { useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Picture, PropertyOut, PropertyPicture } from "@/api/types.gen";
import { useSaveProperty, useUpload } from "@/features/properties/api/property";
import { lists } from "@/features/properties/choices";
import { ConflictNote } from "@/features/properties/components/ConflictNote";
import { usePropertyWords } from "@/features/properties/usePropertyWords";
import { SavedSelect, SavedText } from "@/shared/forms/SavedField";
import { useSavedNote } from "@/shared/forms/useSavedNote";
import { ProblemNote } from "@/shared/problems/ProblemNote";
import { useProblemWords } from "@/shared/problems/words";
import { EmptyState } from "@/shared/ui/EmptyState";
import css from "./Property.module.css";

const dragged = "text/kontor-picture";

interface CardProps {
  picture: PropertyPicture;
  at: number;
  count: number;
  onMove: (from: number, to: number) => void;
  onRemove: () => void;
  onEdit: (change: Partial<Picture>) => Promise<unknown>;
}

function PictureCard({ picture, at, count, onMove, onRemove, onEdit }: CardProps) {
  const { t } = useTranslation("properties");
  const words = usePropertyWords();
  const problemWords = useProblemWords();
  const [over, setOver] = useState(false);
  const nth = at + 1;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const from = Number(event.dataTransfer.getData(dragged) || NaN);
    if (Number.isInteger(from) && from !== at) onMove(from, at);
  };
  const arrow = (step: 1 | -1) => (
    <ActionIcon
      variant="subtle"
      c="var(--k-ink-2)"
      aria-label={t(step < 0 ? "pictures.left" : "pictures.right", { nth })}
      disabled={at + step < 0 || at + step >= count}
      onClick={() => onMove(at, at + step)}
    >
      {step < 0 ? <IconArrowLeft size={16} /> : <IconArrowRight size={16} />}
    </ActionIcon>
  );
  return (
    <li
      className={css.picture}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragged)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div draggable onDragStart={(event) => event.dataTransfer.setData(dragged, String(at))}>
        {picture.media ? (
          <img
            src={picture.media.thumb}
            alt={picture.title || t("pictures.nth", { nth })}
            loading="lazy"
            width={picture.media.width}
            height={picture.media.height}
          />
        ) : (
          <div className={css.placeholder} data-state={picture.state}>
            {picture.problem ? problemWords(picture.problem).title : t(`pictures.state.${picture.state}`)}
          </div>
        )}
      </div>
      <div className={css.about}>
        <SavedText
          field={`pictures.${at}.title`}
          label={t("pictures.title")}
          value={picture.title ?? ""}
          maxLength={500}
          onSave={(title) => onEdit({ title })}
        />
        <SavedSelect
          field={`pictures.${at}.group`}
          label={t("pictures.group")}
          value={picture.group ?? "other"}
          data={lists.pictureGroup.map((value) => ({ value, label: words.choice("pictureGroup", value) }))}
          onSave={(group) => onEdit({ group: group as Picture["group"] })}
        />
      </div>
      <div className={css.tools}>
        <span className="dim caption grow clip">{at === 0 ? t("pictures.main") : ""}</span>
        {arrow(-1)}
        {arrow(1)}
        <ActionIcon
          variant="subtle"
          c="var(--k-ink-2)"
          aria-label={t("pictures.remove", { nth })}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
    </li>
  );
}

/** A picture as the API takes it back. */
const plain = ({ title, group, media_id, url, file_name }: PropertyPicture): Picture =>
  ({ title, group, media_id, url, file_name }); // prettier-ignore

/** All pictures in their order, with title and kind; dragging has its twin in the arrows. */
export function PicturesTab({ property }: { property: PropertyOut }) {
  const { t } = useTranslation("properties");
  const save = useSaveProperty(property.id);
  const note = useSavedNote(save);
  const upload = useUpload();
  const [over, setOver] = useState(false);
  const [settled, setSettled] = useState(0);
  const { pictures } = property;
  const all = () => pictures.map(plain);

  function move(from: number, to: number) {
    const order = all();
    const [taken] = order.splice(from, 1);
    if (taken) order.splice(to, 0, taken);
    save.mutate({ pictures: order });
  }
  async function add(files: File[]) {
    const added: Picture[] = [];
    for (const file of files) added.push({ media_id: (await upload.mutateAsync(file)).id });
    await save.mutateAsync({ pictures: [...all(), ...added] });
  }
  const take = (files: File[]) => void add(files).catch(() => undefined); // told by the mutations below
  return (
    <>
      <ConflictNote
        error={save.error}
        propertyId={property.id}
        onInsist={() => save.variables && save.mutate(save.variables)}
        onGiveIn={() => {
          save.reset();
          setSettled((times) => times + 1);
        }}
      />
      {upload.error && <ProblemNote problem={upload.error} />}
      <section className="sheet" aria-labelledby="pictures" data-field="pictures">
        <header>
          <h2 id="pictures">{t("tab.pictures")}</h2>
          {note && <span className="dim caption end">{note}</span>}
        </header>
        {pictures.length === 0 ? (
          <EmptyState title={t("pictures.none.title")}>{t("pictures.none.text")}</EmptyState>
        ) : (
          <ul className={css.pictures} key={settled}>
            {pictures.map((picture, at) => (
              <PictureCard
                key={picture.id}
                picture={picture}
                at={at}
                count={pictures.length}
                onMove={move}
                onRemove={() => save.mutate({ pictures: all().filter((_, place) => place !== at) })}
                onEdit={(change) =>
                  save.mutateAsync({
                    pictures: all().map((one, place) => (place === at ? { ...one, ...change } : one)),
                  })
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
                loading={upload.isPending || save.isPending}
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
