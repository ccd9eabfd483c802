/** The sentences with which the reader of mails gives up, and our words for each. */
const reasons = {
  "The attached document names nobody who asks, and no import": "document",
  "An automatic answer": "automatic",
  "Nothing in it says who asks, or for which property": "nothing",
} as const;

export type Reason = (typeof reasons)[keyof typeof reasons];

/** Which of our words say a reason; nothing for one that this version doesn't know. */
export const reasonKey = (reason: string): Reason | undefined =>
  (reasons as Partial<Record<string, Reason>>)[reason];
