import qrcode from 'qrcode-generator';
import { useMemo } from 'react';

const margin = 4; // modules, as ISO/IEC 18004 asks

/** A text as a QR code: black on white in dark surroundings too, so that every camera reads it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const code = qrcode(0, 'M');
    code.addData(text);
    code.make();
    const count = code.getModuleCount();
    let squares = '';
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < count; column++) if (code.isDark(row, column)) squares += `M${column + margin} ${row + margin}h1v1h-1z`;
    }
    return { path: squares, size: count + 2 * margin };
  }, [text]);
  return (
    <svg className="k-qr" viewBox={`0 0 ${size} ${size}`} width={196} height={196} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
