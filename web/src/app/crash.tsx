import { Component, type ReactNode } from 'react';
import { Failure } from '@/ui/failure';

interface CrashState {
  error: Error | null;
}

/** A page that broke says so in its place; the rest of the desk goes on. */
export class Crash extends Component<{ children: ReactNode }, CrashState> {
  override state: CrashState = { error: null };

  static getDerivedStateFromError(error: Error): CrashState {
    return { error };
  }

  override render() {
    return this.state.error === null ? this.props.children : <Failure error={this.state.error} retry={() => window.location.reload()} />;
  }
}
