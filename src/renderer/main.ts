/** Starts the page: opens the bridge to the host and mounts the app. */
import '@fontsource-variable/inter';
import { mount } from 'svelte';
import App from './App.svelte';
import { openBridge } from './base/bridge.ts';
import { HostClient } from './base/host-client.svelte.ts';
import { Stores } from './stores.ts';
import './base/tokens.css';
import './base/base.css';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id “app”');
mount(App, { target, props: { stores: new Stores(new HostClient(openBridge)) } });
