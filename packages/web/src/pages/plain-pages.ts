/** A page without assets, menu or data: for whoever may not see those. */
function plainPage(title: string, ...paragraphs: readonly string[]): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Taproot</title>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

/** For whoever comes without a session. */
export const LINK_NEEDED = plainPage(
  "Open Taproot with its link",
  "Taproot shows its pages only to the person who started it.",
  "Go to the terminal in which Taproot runs and open the link that it printed. Each link works once. For a new one, press Enter there.",
);

/** For a link that was used before. */
export const LINK_SPENT = plainPage(
  "This link has been used",
  "Each link opens Taproot once.",
  "Go to the terminal in which Taproot runs, press Enter for a new link, and open it.",
);

/** For a request under another name than this computer’s. */
export const WRONG_HOST = plainPage(
  "Wrong address",
  "Taproot answers only at the address that it printed in the terminal.",
  "Open that address. If it still fails, check that no proxy stands between the browser and this computer.",
);

/** For an error before it is known who asks. */
export const FAILED = plainPage(
  "Something went wrong",
  "Taproot could not answer. Nothing was changed.",
  "Try again. If it fails again, stop Taproot in its terminal and start it anew.",
);
