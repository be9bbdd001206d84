// Plain Eleventy: a page per portrait, paginated lists, tags, feeds of twenty full texts, sitemap.
const PAGE = 24;
const FEED = 20;

const newestFirst = (collectionApi) => collectionApi.getFilteredByTag("portraits").reverse();

const byTag = (portraits) => {
  const found = new Map();
  for (const portrait of portraits) {
    for (const tag of portrait.data.tags) {
      if (tag === "portraits") continue;
      if (!found.has(tag)) found.set(tag, []);
      found.get(tag).push(portrait);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
};

export default function (eleventyConfig) {
  eleventyConfig.amendLibrary("md", (markdown) => markdown.set({ html: true, typographer: true }));
  eleventyConfig.addFilter("day", (date) => date.toISOString().slice(0, 10));
  eleventyConfig.addFilter("rfc822", (date) => date.toUTCString());
  eleventyConfig.addCollection("newest", newestFirst);
  eleventyConfig.addCollection("named", (api) => byTag(newestFirst(api)).map(([tag]) => tag));
  eleventyConfig.addCollection("pagesOfTags", (api) =>
    byTag(newestFirst(api)).flatMap(([tag, portraits]) => {
      const total = Math.ceil(portraits.length / PAGE);
      return Array.from({ length: total }, (_, index) => ({
        tag, total, number: index + 1,
        portraits: portraits.slice(index * PAGE, (index + 1) * PAGE),
      }));
    }));
  eleventyConfig.addCollection("feeds", (api) => {
    const portraits = newestFirst(api);
    return [["", portraits], ...byTag(portraits)].map(([tag, entries]) => ({
      tag, entries: entries.slice(0, FEED),
    }));
  });
  return {
    dir: { input: "src", output: "output" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
