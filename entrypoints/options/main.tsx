import { render } from 'preact';
import '../../components/theme.css';
import '../../components/parts.css';
import '../../components/figures.css';
import '../../components/page-parts.css';
import '../../components/options/options.css';
import '../../components/options/projects.css';
import { Options } from '../../components/options/Options.tsx';
import { createPageHost } from '../../lib/app/page-host.ts';

const root = document.getElementById('root');
if (root) render(<Options host={createPageHost()} />, root);
