import { render } from 'preact';
import '../../components/theme.css';
import '../../components/parts.css';
import '../../components/figures.css';
import '../../components/page-parts.css';
import '../../components/panel/panel.css';
import '../../components/panel/images.css';
import '../../components/library/library.css';
import '../../components/library/filters.css';
import '../../components/library/grid.css';
import '../../components/library/reports.css';
import '../../components/library/jobs/jobs.css';
import '../../components/library/jobs/new-job.css';
import { Library } from '../../components/library/Library.tsx';
import { connectLibrary } from '../../lib/app/library/connect-library.ts';
import { createPageHost } from '../../lib/app/page-host.ts';

const root = document.getElementById('root');
if (root) render(<Library host={createPageHost()} service={connectLibrary()} />, root);
