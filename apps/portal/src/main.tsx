import { render } from 'preact';
import { App } from './app/app.tsx';
import './app/styles.css';
import { startOutbox } from './lib/services.ts';
import { keepOnDevice } from './lib/version.ts';

startOutbox();
const place = document.getElementById('app')!;
// The words the server put there were for the time until now.
place.replaceChildren();
render(<App />, place);
keepOnDevice();
