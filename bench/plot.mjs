// Draws a bench file (written by bench/run) as SVG on standard output; see bench/plot.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import { readFileSync } from 'node:fs';

const { machine, rows } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const shown = rows.filter(row => row.ratio !== null);
const labelWidth = 150, barWidth = 360, noteWidth = 250, lineHeight = 26, top = 34;
const width = labelWidth + barWidth + noteWidth, height = top + shown.length * lineHeight + 30;
const longest = Math.max(1, ...shown.map(row => row.ratio));
const x = ratio => labelWidth + barWidth * ratio / longest;
const escape = text => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const bars = shown.map((row, i) => {
  const y = top + i * lineHeight, note = `${row.value} ${row.unit}, ${row.peer}: ${row.peer_value}`;
  return `<text x="${labelWidth - 8}" y="${y + 15}" text-anchor="end">${escape(row.name)}</text>
<rect x="${labelWidth}" y="${y + 3}" width="${(x(row.ratio) - labelWidth).toFixed(1)}" height="16" fill="${row.ratio >= 1 ? '#3a7d44' : '#b5483a'}"/>
<text x="${(x(row.ratio) + 6).toFixed(1)}" y="${y + 15}">${row.ratio}x <tspan fill="#777">${escape(note)}</tspan></text>`;
});

console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="8" y="18" font-weight="bold">times better than the peer</text>
${bars.join('\n')}
<line x1="${x(1).toFixed(1)}" x2="${x(1).toFixed(1)}" y1="${top}" y2="${top + shown.length * lineHeight}" stroke="#555" stroke-dasharray="3 3"/>
<text x="8" y="${height - 8}" fill="#777">${escape(machine)}</text>
</svg>`);
