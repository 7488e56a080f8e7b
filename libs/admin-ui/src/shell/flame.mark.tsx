/** The product's mark: an ember that catches again. */
export function FlameMark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d="M12.4 1.8c.5 3.5-1 5.2-2.9 7.1C7.4 11 5 13.2 5 16.4A7 7 0 0 0 12 23a7 7 0 0 0 7-6.8c0-2.9-1.5-4.9-2.6-6.5-.4 1.3-1 2.2-2 2.9.4-3.9-.2-7.7-2-10.8Z"
        fill="var(--rk-hot-fill)"
      />
      <path
        d="M12.3 12.2c.2 1.7-.6 2.6-1.5 3.6-.7.8-1.4 1.7-1.4 2.9A2.7 2.7 0 0 0 12 21.5a2.7 2.7 0 0 0 2.7-2.7c0-1.2-.5-2-1-2.7-.2.5-.4.8-.8 1.1.2-1.7 0-3.5-.6-5Z"
        fill="#ffd08a"
      />
    </svg>
  );
}
