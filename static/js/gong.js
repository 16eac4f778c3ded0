// A gong, made of a few sines that fade: no file to fetch, no right to ask for.

const PARTIALS = [[110, 1, 5], [164, 0.7, 4], [233, 0.5, 3], [331, 0.35, 2.2], [467, 0.2, 1.5]];
const BETWEEN_SECONDS = 1.1;
const LOUDNESS = 0.35;
let context = null;

function once(at) {
  for (const [frequency, share, seconds] of PARTIALS) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.setValueAtTime(frequency * 1.01, at);
    tone.frequency.exponentialRampToValueAtTime(frequency, at + 0.4);
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(LOUDNESS * share, at + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + seconds);
  }
}

// Browsers let a page sound after a first gesture: call it from a click once.
export function strike(times) {
  context ??= new AudioContext();
  context.resume();
  for (let n = 0; n < times; n += 1) once(context.currentTime + 0.02 + n * BETWEEN_SECONDS);
}
