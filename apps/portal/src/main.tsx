import { render } from 'preact';
import { App } from './app/app.tsx';
import './app/styles.css';
import { startOutbox } from './lib/services.ts';
import { keepOnDevice } from './lib/version.ts';

startOutbox();
render(<App />, document.getElementById('app')!);
keepOnDevice();
