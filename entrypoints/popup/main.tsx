import { render } from 'preact';
import '../../components/theme.css';
import '../../components/parts.css';
import '../../components/figures.css';
import '../../components/page-parts.css';
import '../../components/popup/popup.css';
import { Popup } from '../../components/popup/Popup.tsx';
import { createPageHost } from '../../lib/app/page-host.ts';

const root = document.getElementById('root');
if (root) render(<Popup host={createPageHost()} />, root);
