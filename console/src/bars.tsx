// Bars, drawn by hand: one picture whose figures are its label. A table stands below it, and is what prints.

export type Bar = {
  name: string
  /** As it is told: `<5` is no number, and gets no length. */
  value: number | '<5'
}

/** In the em of the text, so that they grow with it. */
const [rowHeight, barHeight] = [2.9, 0.9]

const percent = (value: Bar['value'], most: number) =>
  value === '<5' || most === 0 ? 0 : Math.min(100, (value / most) * 100)

/** @param most the value of a whole bar */
export const Bars = ({
  bars,
  most,
  label,
}: {
  bars: readonly Bar[]
  most: number
  label: string
}) => (
  <svg
    class="rh-bars rh-no-print"
    role="img"
    aria-label={label}
    width="100%"
    height={`${bars.length * rowHeight}em`}
  >
    {bars.map(({ name, value }, i) => (
      <g key={name}>
        <text x="0" y={`${i * rowHeight + 1.1}em`}>{`${name}: ${value}`}</text>
        <rect
          class="rh-bars__ground"
          x="0"
          y={`${i * rowHeight + 1.5}em`}
          width="100%"
          height={`${barHeight}em`}
        />
        <rect
          class="rh-bars__bar"
          x="0"
          y={`${i * rowHeight + 1.5}em`}
          width={`${percent(value, most)}%`}
          height={`${barHeight}em`}
        />
      </g>
    ))}
  </svg>
)
