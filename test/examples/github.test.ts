/** The stories of GitHub's workflows, in one run: so that the package is packed and installed once for all of them. */
import './github-preview.stories.ts';
import './github-apply.stories.ts';
import './github-drift.stories.ts';
