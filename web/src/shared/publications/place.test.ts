import { expect, it } from "vitest";
import { placeOf } from "@/shared/publications/place";

it.each([
  ["title", "", "/listings/l", "texts"],
  ["description_html", "", "/listings/l", "texts"],
  ["image_urls", "media", "/listings/l", "pictures"],
  ["option1_value", "", "/listings/l", "variants"],
  ["aspect:Marke", "default:aspect:Marke", "/listings/l", undefined],
  ["brand", "brand:safety", "/listings/l", undefined],
  ["currency", "connection:price_rule", "/channels", undefined],
  ["connection", "", "/channels", undefined],
])("a problem of %s (fix %s) leads to %s, tab %s", (field, fix, to, tab) => {
  const place = placeOf(field, fix, "l", "c");
  expect([place.to, place.search.tab]).toEqual([to, tab]);
});
