/** 0 to 100 as a short bar and its figure. */
export function Meter({ value, label }: { value: number; label: string }) {
  return (
    <span className="k-meter">
      <span className="k-meter-track" role="img" aria-label={`${label}: ${value}/100`}>
        <span className="k-meter-fill" style={{ width: `${value}%` }} />
      </span>
      <span className="k-meter-figure">{value}</span>
    </span>
  );
}
