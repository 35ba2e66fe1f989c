/**
 * The sound of an alert: two soft tones, synthesized so that there is no file to load. It must not know what they mean.
 */

const TONES_HZ = [660, 880];
const TONE_S = 0.16;
const LOUDNESS = 0.12;

let context: AudioContext | null = null;

/**
 * Rejects if the system plays no sound. A browser plays none until somebody has used the page; until then this does
 * nothing.
 */
export async function chime(mayAtOnce: boolean): Promise<void> {
  if (!mayAtOnce && !navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  if (context.state === 'suspended') await context.resume();
  const start = context.currentTime;
  TONES_HZ.forEach((frequency, index) => {
    if (context === null) return;
    const at = start + index * TONE_S;
    const tone = new OscillatorNode(context, { type: 'sine', frequency });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, at + TONE_S * 1.8);
    tone.connect(loudness).connect(context.destination);
    tone.start(at);
    tone.stop(at + TONE_S * 2);
  });
}
