import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { Page, Ready } from '../../ui/page';
import { AsLabsSee } from './as-labs-see';
import { ProfileForm } from './profile-form';
import { MyProfile } from './profile-values';
import { ResumeImport } from './resume-import';

/** What labs see, to be written by hand or imported from a JSON Resume. */
export function ProfilePage() {
  const query = useQuery({ query: MyProfile });
  return (
    <Page
      title="Profile"
      about="What labs see of you, and what your openings are ranked by."
      action={<AsLabsSee />}
    >
      <ResumeImport />
      <Ready query={query}>
        {/* What is on the server anew, e.g. after an import, is a form anew. */}
        {({ myProfile }) => <ProfileForm key={JSON.stringify(myProfile)} profile={myProfile} />}
      </Ready>
      <p>
        <Link to="/expert/fairness">Is matching fair? Help us check</Link>
      </p>
    </Page>
  );
}
