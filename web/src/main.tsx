import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './style/tokens.css'
import './style/ground.css'
import './style/answer.css'
import './style/forest.css'
import './style/pages.css'
import './style/print.css'

const place = document.getElementById('page')
if (place === null) throw new Error('the page has no element to be drawn in')
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
