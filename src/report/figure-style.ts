/** The style of every figure: text in the colour of the page, light or dark. The same for all, so that a policy may name its hash. */
export const FIGURE_STYLE: string = [
  '.assay-figure{color:#1b1b1b;background:#fff}',
  '.assay-figure text{white-space:pre}',
  '@media (prefers-color-scheme:dark){.assay-figure{color:#e6e6e6;background:#161616}}',
  '@media print{.assay-figure{color:#000;background:#fff}}',
].join('')
