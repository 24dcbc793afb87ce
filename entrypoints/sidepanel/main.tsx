import { render } from 'preact';
import '../../components/theme.css';
import '../../components/parts.css';
import '../../components/figures.css';
import '../../components/page-parts.css';
import '../../components/panel/panel.css';
import '../../components/panel/list.css';
import '../../components/panel/api.css';
import '../../components/panel/images.css';
import '../../components/export/export.css';
import { Panel } from '../../components/panel/Panel.tsx';
import { createPageHost } from '../../lib/app/page-host.ts';

const root = document.getElementById('root');
if (root) render(<Panel host={createPageHost()} />, root);
