// The other thread of a test: it writes more than the ring holds.
import { RingWriter } from "../../Sources/PythonSandbox/Guest/channel/ring.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<SharedArrayBuffer>) => void;
  postMessage(text: string): void;
};

scope.onmessage = ({ data }) => {
  const writer = new RingWriter(data, () => scope.postMessage("told"));
  for (let value = 0; value < 64; value++) writer.write(1, new Uint8Array(100_000).fill(value), () => false);
  scope.postMessage("ended");
};
