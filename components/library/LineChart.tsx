import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { minuteText } from './cell-text.ts';
import { alignLines, type Line } from './chart-data.ts';

/** Colours of lines, as CSS variables of library.css; more lines begin again. */
const colours = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5'];

function colourOf({ colour }: Line, index: number): string {
  return colours[(colour ?? index) % colours.length] ?? '--accent';
}

/** Room for the longest of an axis's values, px; of a font of 11 px. */
function axisWidth(values: readonly string[] | null): number {
  const longest = Math.max(0, ...(values ?? []).map((value) => value.length));
  return Math.max(48, longest * 7 + 14);
}

/** Seconds on either side of a single moment. */
const aroundOne = 3_600;

function variable(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Counts up when the reader's system changes between light and dark. */
function useTheme(): number {
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setTheme((count) => count + 1);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return theme;
}

/** Lines over time on a canvas. What it shows is said in `label`; a table of it stands beside wherever it is used. */
export function LineChart(props: {
  label: string;
  lines: readonly Line[];
  /** A value as people read it. */
  format: (value: number) => string;
  /** A value on the axis, shorter. */
  formatAxis: (value: number) => string;
  height?: number;
  /** Says which line it is, even where there is but one. */
  named?: boolean;
  testid?: string;
}) {
  const t = useTranslate();
  const zone = useTimeZone();
  const box = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const theme = useTheme();
  const { lines, height = 150 } = props;
  const data = useMemo(() => alignLines(lines), [lines]);
  const words = useRef(props);
  words.current = props;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const quiet = variable('--text-quiet');
    const grid = { stroke: variable('--line'), width: 1 };
    const font = `11px ${variable('--font')}`;
    const days = new Intl.DateTimeFormat(t.locale, { timeZone: zone, month: 'short', day: 'numeric' });
    const hours = new Intl.DateTimeFormat(t.locale, {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const years = new Intl.DateTimeFormat(t.locale, { timeZone: zone, year: 'numeric', month: 'short' });
    const axisTime = (seconds: number, step: number) => {
      const format = step >= 25 * 86_400 ? years : step >= 86_400 ? days : hours;
      return format.format(seconds * 1000);
    };
    const options: uPlot.Options = {
      width: element.clientWidth,
      height,
      legend: { show: false },
      cursor: { y: false, drag: { setScale: false, x: false, y: false }, points: { size: 8 } },
      scales: {
        x: {
          range: () => {
            // Not what the chart proposes, which for a single moment is years.
            const [low = 0, high = low] = [data.times[0], data.times.at(-1)];
            const beside = low === high ? aroundOne : (high - low) * 0.04;
            return [low - beside, high + beside];
          },
        },
        y: {
          range: (_chart, low, high) => {
            const beside = low === high ? Math.max(1, Math.abs(low) * 0.1) : (high - low) * 0.12;
            // A count is never below zero, and no axis says that it could be.
            return [low >= 0 ? Math.max(0, low - beside) : low - beside, high + beside];
          },
        },
      },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      series: [
        {},
        ...lines.map((line, index): uPlot.Series => {
          const colour = variable(colourOf(line, index));
          return {
            stroke: colour,
            width: 1.75,
            spanGaps: false,
            points: { show: true, size: 6, fill: variable('--surface'), stroke: colour, width: 1.75 },
          };
        }),
      ],
      axes: [
        {
          stroke: quiet,
          font,
          grid: { show: false },
          ticks: { ...grid, size: 4 },
          space: 70,
          size: 30,
          values: (_chart, splits, _axis, _space, step) => splits.map((split) => axisTime(split, step)),
        },
        {
          stroke: quiet,
          font,
          grid,
          ticks: { show: false },
          size: (_chart, values) => axisWidth(values),
          space: 34,
          values: (_chart, splits) => splits.map((split) => words.current.formatAxis(split)),
        },
      ],
      hooks: { setCursor: [(chart) => setHovered(chart.cursor.idx ?? null)] },
    };
    const chart = new uPlot(options, [data.times, ...data.values], element);
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [data, lines, zone, t, theme, height]);

  const time = hovered === null ? undefined : data.times[hovered];
  const said = lines.flatMap(({ label }, index) => {
    const value = hovered === null ? undefined : data.values[index]?.[hovered];
    return typeof value === 'number'
      ? [lines.length > 1 ? `${label} ${props.format(value)}` : props.format(value)]
      : [];
  });
  return (
    <figure class="chart" data-testid={props.testid}>
      <div ref={box} class="chart-canvas" role="img" aria-label={props.label} style={{ height: `${height}px` }} />
      <figcaption class="chart-caption small quiet">
        {(lines.length > 1 || props.named) && (
          <ul class="chart-legend">
            {lines.map((line, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- two lines may have one label
              <li key={index}>
                <span class="chart-swatch" style={{ background: `var(${colourOf(line, index)})` }} />
                <span class="user-text">{line.label}</span>
              </li>
            ))}
          </ul>
        )}
        <span class="chart-said number" aria-hidden="true">
          {time === undefined || said.length === 0 ? ' ' : `${minuteText(time * 1000, zone)} · ${said.join(' · ')}`}
        </span>
      </figcaption>
    </figure>
  );
}
