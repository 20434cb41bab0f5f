import { Interruption } from '../../ops/interruption';

describe('without a held process', () => {
  it('asks to stop, and then ends', () => {
    const interruption = new Interruption();
    expect(interruption.request()).toBe('');
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.request()).toBeUndefined();
  });
});

describe('while terraform is held', () => {
  it('waits, explains, ends terraform, and then itself', () => {
    const interruption = new Interruption();
    interruption.hold('terraform');
    expect(interruption.isHolding).toBe(true);
    expect(interruption.request()).toBe(
      'Waiting for terraform to stop; it may be writing its state …',
    );
    expect(interruption.signal.aborted).toBe(true);
    expect(interruption.request()).toBe(
      'Still waiting for terraform: ending it now can lose its state. ' +
        'Press Ctrl-C once more to end it anyway.',
    );
    expect(interruption.forced.aborted).toBe(false);
    expect(interruption.request()).toBe('Ending terraform at once.');
    expect(interruption.forced.aborted).toBe(true);
    expect(interruption.request()).toBeUndefined();
  });

  it('ends at the next request once terraform has ended', () => {
    const interruption = new Interruption();
    const release = interruption.hold('terraform');
    interruption.request();
    release();
    expect(interruption.isHolding).toBe(false);
    expect(interruption.request()).toBeUndefined();
  });
});
