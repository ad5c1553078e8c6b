import type { ReportData } from './page-data';
import { amount, month, percent } from './words';

/** What does the platform keep? */
export function ReportPage({ page }: { readonly page: ReportData }) {
  return (
    <div className="wide">
      <h1>What we keep</h1>
      <p className="lede">
        All approved work, month by month: what labs paid, what experts got, and the difference, which is
        ours.
      </p>
      <p className="quiet">
        In force now: {page.takeRate} Figures are sums of the charges themselves, in UTC months. A month with
        fewer than five lines is left out, so that no figure points at one person. The running month is
        provisional.
      </p>
      {page.months.length === 0 ? (
        <p className="notice">No month has five approved lines yet. The first one that does appears here.</p>
      ) : (
        <table className="report">
          <caption className="quiet">Per month and currency</caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Lines</th>
              <th scope="col">Labs paid</th>
              <th scope="col">Experts got</th>
              <th scope="col">We kept</th>
              <th scope="col">Of agreed pay</th>
            </tr>
          </thead>
          <tbody>
            {page.months.map((row) => (
              <tr key={row.month + row.tally.price.currency}>
                <th scope="row">
                  {month(row.month)}
                  {!row.isComplete && <span className="marked">Provisional</span>}
                </th>
                <td data-label="Lines">{row.lines.toLocaleString('en')}</td>
                <td data-label="Labs paid" className="lab">
                  {amount(row.tally.price)}
                </td>
                <td data-label="Experts got" className="expert">
                  {amount(row.tally.pay)}
                </td>
                <td data-label="We kept">{amount(row.tally.fee)}</td>
                <td data-label="Of agreed pay">{percent(row.tally.takeRatePpm)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
